package dev.midstream.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the cases that it reads, one JSON line each, and writes what the libraries saw, one JSON
 * line each. It judges nothing.
 */
final class Driver {

    private static final int AT_ONCE = 4;

    private Driver() {}

    /**
     * Ends the process when all cases were run.
     *
     * @param arguments the gateway's URL
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, Client> clients =
                Map.of(
                        "langchain4j",
                        new LangChain4j(arguments[0]),
                        "spring",
                        new Spring(arguments[0]));
        ObjectMapper json = new ObjectMapper();
        List<Future<Seen>> all = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE);
                var in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Order order = json.readValue(line, Order.class);
                all.add(pool.submit(() -> run(order, clients.get(order.client()))));
            }
        }
        for (Future<Seen> one :
                all) { // when all are over, for some call back once more behind an error
            System.out.println(one.get().line());
        }
        System.exit(0); // the libraries' own threads would keep it
    }

    private static Seen run(Order order, Client client) {
        Seen seen = new Seen(order.n());
        try {
            client.run(order, seen);
        } catch (ExecutionException | CompletionException e) {
            seen.failed(e.getCause());
        } catch (Exception e) {
            seen.failed(e);
        }
        return seen;
    }
}
