package dev.midstream.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.Configuration;
import dev.midstream.gateway.reload.ConfigurationFiles.Result;
import dev.midstream.routing.ModelGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedFilesAreServedTest implements Reloads.Server {

    private final List<List<String>> served = new ArrayList<>();
    private final List<List<String>> refused = new ArrayList<>();
    private @TempDir Path folder;
    private Path file;
    private Reloads reloads;
    private String objection = "";

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("config.yaml"), groups("one"));
        reloads = reloads(file);
    }

    private Reloads reloads(Path root) {
        ConfigurationFiles files = new ConfigurationFiles(root, name -> null);
        return new Reloads(files, (Result.Usable) files.read(), this);
    }

    @Override
    public List<String> serve(Configuration configuration) {
        if (!objection.isEmpty()) {
            throw new IllegalStateException(objection);
        }
        served.add(configuration.router().groups().stream().map(ModelGroup::name).toList());
        return List.of();
    }

    @Override
    public void refused(List<String> errors) {
        refused.add(errors);
    }

    @Test
    void whatStandsAsItWasIsLeftAlone() throws IOException {
        looks(3);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.writeString(file, groups("one"));
        looks(3);
        assertThat(served).isEmpty();
        assertThat(refused).isEmpty();
    }

    @Test
    void aChangeIsServedOnceItStandsStill() throws IOException {
        Files.writeString(file, groups("one", "two").substring(0, 30));
        looks(1);
        Files.writeString(file, groups("one", "two"));
        looks(1);
        assertThat(served).isEmpty();
        looks(5);
        assertThat(served).containsExactly(List.of("one", "two"));
        assertThat(refused).isEmpty();
    }

    @Test
    void anEditorsRenameIsSeen() throws IOException {
        Path draft = Files.writeString(folder.resolve("draft"), groups("two"));
        Files.setLastModifiedTime(draft, Files.getLastModifiedTime(file));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertThat(served).containsExactly(List.of("two"));
    }

    /** As Kubernetes changes a ConfigMap: the file is a link by way of a link that is turned. */
    @Test
    void aLinkThatIsTurnedIsSeen() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..1"));
        Path second = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(first.resolve("c.yaml"), groups("one"));
        Files.writeString(second.resolve("c.yaml"), groups("two"));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Path mounted =
                Files.createSymbolicLink(folder.resolve("c.yaml"), Path.of("..data", "c.yaml"));
        reloads = reloads(mounted);
        Path turned = Files.createSymbolicLink(folder.resolve("..tmp"), second.getFileName());
        Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertThat(served).containsExactly(List.of("two"));
    }

    @Test
    void anIncludedFileIsWatchedToo() throws IOException {
        Path more = Files.writeString(folder.resolve("more.yaml"), groups("two"));
        Files.writeString(file, "include: [more.yaml]\n" + groups("one"));
        looks(2);
        Files.writeString(more, groups("three"));
        looks(2);
        assertThat(served).containsExactly(List.of("one", "two"), List.of("one", "three"));
    }

    @Test
    void whatIsWrongIsToldOnceWithItsPlacesAndWhatIsServedStays() throws IOException {
        Files.writeString(
                file, groups("one") + "router_settings: {num_retries: many, idle_timeout: soon}\n");
        looks(5);
        assertThat(served).isEmpty();
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst()).hasSize(2);
        assertThat(refused.getFirst().getFirst()).startsWith(file + ":4:").contains("num_retries");
        Files.writeString(file, groups("one"));
        looks(2);
        assertThat(served).containsExactly(List.of("one"));
    }

    @Test
    void anIncludedFileThatIsMissingCountsOnceItIsThere() throws IOException {
        Files.writeString(file, "include: [more.yaml]\n" + groups("one"));
        looks(3);
        assertThat(refused).hasSize(1);
        Files.writeString(folder.resolve("more.yaml"), groups("two"));
        looks(2);
        assertThat(served).containsExactly(List.of("one", "two"));
    }

    @Test
    void aNameThatNoFileCanHaveIsAnError() throws IOException {
        Files.writeString(file, "include: [\"a\\0b\"]\n" + groups("one"));
        looks(3);
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().getFirst()).contains("no file can have that name");
    }

    @Test
    void aFileThatIsGoneChangesNothingUntilItIsBack() throws IOException {
        Files.delete(file);
        looks(3);
        assertThat(served).isEmpty();
        assertThat(refused).hasSize(1);
        Files.writeString(file, groups("two"));
        looks(2);
        assertThat(served).containsExactly(List.of("two"));
    }

    @Test
    void whatMayNotBeServedIsRefused() throws IOException {
        objection = "there is no master key";
        Files.writeString(file, groups("two"));
        looks(3);
        assertThat(refused).containsExactly(List.of(objection));
    }

    @Test
    void onDemandEverythingIsReadAnew() {
        reloads.reload();
        assertThat(served).containsExactly(List.of("one"));
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            reloads.look();
        }
    }

    private static String groups(String... names) {
        StringBuilder text = new StringBuilder("model_list:\n");
        for (String name : names) {
            text.append("  - model_name: ").append(name).append('\n');
            text.append("    litellm_params: {model: openai/gpt-4o, api_key: sk-1}\n");
        }
        return text.toString();
    }
}
