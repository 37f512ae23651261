package dev.midstream.gateway.reload;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the files of a configuration hold. Immutable. */
record FilePrints(Map<Path, FilePrint> prints) {

    FilePrints {
        prints = Map.copyOf(prints);
    }

    /** What the same files hold now. */
    FilePrints now() {
        Map<Path, FilePrint> now = new LinkedHashMap<>();
        prints.forEach((file, before) -> now.put(file, FilePrint.now(file, before)));
        return new FilePrints(now);
    }

    /** Whether the other one, of the same files, says the same. */
    boolean sameContent(FilePrints other) {
        return prints.entrySet().stream()
                .allMatch(
                        entry -> {
                            FilePrint there = other.prints.get(entry.getKey());
                            return there != null && there.sameContent(entry.getValue());
                        });
    }
}
