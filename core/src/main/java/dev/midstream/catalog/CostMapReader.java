package dev.midstream.catalog;

import dev.midstream.routing.ModelFacts;
import dev.midstream.routing.Prices;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads the text of a {@link CostMap}. Used once. */
final class CostMapReader {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String INPUT = "input_cost_per_token";
    private static final String OUTPUT = "output_cost_per_token";
    private static final String CACHE_READ = "cache_read_input_token_cost";
    private static final String CACHE_WRITE = "cache_creation_input_token_cost";
    private static final String MOST_INPUT = "max_input_tokens";
    private static final String MOST_OUTPUT = "max_output_tokens";
    private static final String PROVIDER = "litellm_provider";
    private static final Set<String> NUMBERS =
            Set.of(INPUT, OUTPUT, CACHE_READ, CACHE_WRITE, MOST_INPUT, MOST_OUTPUT);

    /** LiteLLM's description of the members, which stands among the models. */
    private static final String SAMPLE = "sample_spec";

    /** No token costs more, and no model takes more: beyond, a number is a mistake. */
    private static final BigDecimal GREATEST = BigDecimal.valueOf(1_000_000_000);

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 60;

    private final String text;

    CostMapReader(String text) {
        this.text = text;
    }

    void read(BiConsumer<String, CostMap.Entry> entries) throws IllegalCostMap {
        if (text.length() > CostMap.LONGEST) {
            throw new IllegalCostMap(
                    1, 1, "longer than " + (CostMap.LONGEST >> 20) + " million characters");
        }
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT, "one JSON object, by model");
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(SAMPLE)) {
                    json.skipChildren();
                } else {
                    expect(json, value, JsonToken.START_OBJECT, shown(name) + " to be an object");
                    entries.accept(name, entry(json, name));
                }
            }
        } catch (JacksonException broken) {
            throw at(broken.getLocation(), "no JSON");
        }
    }

    private static CostMap.Entry entry(JsonParser json, String model) throws IllegalCostMap {
        Map<String, BigDecimal> numbers = new HashMap<>();
        String provider = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (NUMBERS.contains(member) && value != JsonToken.VALUE_NULL) {
                numbers.put(member, number(json, shown(model) + "." + member));
            } else if (member.equals(PROVIDER) && value == JsonToken.VALUE_STRING) {
                provider = json.getString();
            } else {
                json.skipChildren();
            }
        }
        return new CostMap.Entry(provider, facts(numbers));
    }

    private static ModelFacts facts(Map<String, BigDecimal> numbers) {
        BigDecimal input = numbers.get(INPUT);
        BigDecimal output = numbers.get(OUTPUT);
        return new ModelFacts(
                tokens(numbers.get(MOST_INPUT)),
                tokens(numbers.get(MOST_OUTPUT)),
                input == null && output == null
                        ? null
                        : new Prices(
                                input == null ? 0 : input.doubleValue(),
                                output == null ? 0 : output.doubleValue(),
                                price(numbers.get(CACHE_READ)),
                                price(numbers.get(CACHE_WRITE))));
    }

    private static @Nullable Long tokens(@Nullable BigDecimal number) {
        return number == null ? null : number.longValue();
    }

    private static @Nullable Double price(@Nullable BigDecimal number) {
        return number == null ? null : number.doubleValue();
    }

    /** Numbers written as texts are taken, as LiteLLM takes them. */
    private static BigDecimal number(JsonParser json, String what) throws IllegalCostMap {
        boolean scalar =
                json.currentToken().isNumeric() || json.currentToken() == JsonToken.VALUE_STRING;
        String digits = scalar ? json.getString().strip() : "";
        try {
            BigDecimal number =
                    digits.length() > LONGEST_NUMBER ? GREATEST : new BigDecimal(digits);
            if (number.signum() >= 0 && number.compareTo(GREATEST) < 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            // falls through: what stands there is no number
        }
        throw at(json.currentTokenLocation(), "expected a number of 0 or more at " + what);
    }

    private static void expect(
            JsonParser json, @Nullable JsonToken token, JsonToken wanted, String what)
            throws IllegalCostMap {
        if (token != wanted) {
            throw at(json.currentTokenLocation(), "expected " + what);
        }
    }

    private static IllegalCostMap at(@Nullable TokenStreamLocation place, String message) {
        return place == null
                ? new IllegalCostMap(1, 1, message)
                : new IllegalCostMap(
                        Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()), message);
    }

    private static String shown(String name) {
        String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return "`" + cut.replaceAll("\\p{Cntrl}", "?") + "`";
    }
}
