package dev.midstream.capability;

import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.yaml.DataFile;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What each model can do to go on, by provider and model: the first row that fits counts.
 * Immutable.
 */
public final class CapabilityTable {

    /**
     * @param base what the URL must look like: {@code *} for most
     */
    private record Row(
            List<Glob> providers,
            List<Glob> models,
            Glob base,
            List<Method> methods,
            List<Quirk> quirks,
            Grounds grounds) {

        boolean serves(String provider) {
            return any(providers, provider);
        }

        boolean fits(String provider, String model, String url) {
            return serves(provider) && any(models, model) && base.matches(url);
        }

        private static boolean any(List<Glob> globs, String text) {
            return globs.stream().anyMatch(glob -> glob.matches(text));
        }
    }

    private final List<Row> rows;

    private CapabilityTable(List<Row> rows) {
        this.rows = rows;
    }

    /** Reads the data file that ships with the engine. */
    public static CapabilityTable load() {
        Mapping file = DataFile.read(CapabilityTable.class, "capabilities.yaml");
        return new CapabilityTable(
                DataFile.items(file, "rows").stream().map(row -> row((Mapping) row)).toList());
    }

    private static Row row(Mapping row) {
        return new Row(
                globs(DataFile.texts(row, "provider")),
                globs(DataFile.texts(row, "model")),
                new Glob(DataFile.text(row, "base").orElse("*")),
                DataFile.texts(row, "methods").stream().map(CapabilityTable::method).toList(),
                DataFile.texts(row, "quirks").stream().map(Quirk::of).toList(),
                new Grounds(
                        DataFile.text(row, "why").orElse(Grounds.UNKNOWN.why()),
                        DataFile.text(row, "evidence").orElse(Grounds.UNKNOWN.evidence()),
                        DataFile.text(row, "refuses").filter("true"::equals).isPresent()));
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream().map(Glob::new).toList();
    }

    private static Method method(String word) {
        return Method.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * What a model can do by the table.
     *
     * @param provider LiteLLM's prefix
     * @param model the upstream's name without the prefix
     * @param base the URL that was configured, without a slash at its end
     */
    public Capability of(String provider, String model, String base) {
        return row(provider, model, base)
                .map(row -> Capability.of(row.methods(), row.quirks()))
                .orElseGet(() -> Capability.of(List.of(), List.of()));
    }

    /** Why the table says what {@link #of} gives. */
    public Grounds grounds(String provider, String model, String base) {
        return row(provider, model, base).map(Row::grounds).orElse(Grounds.UNKNOWN);
    }

    private Optional<Row> row(String provider, String model, String base) {
        return rows.stream().filter(row -> row.fits(provider, model, base)).findFirst();
    }

    /** The methods of {@link #of}, best first, for a model at its provider's own URL. */
    public List<Method> methods(String provider, String model) {
        return of(provider, model, "").methods();
    }

    /**
     * What a model can do if its operator says that it continues a trailing assistant turn: in the
     * form that its provider has for it, with the quirks that go with it.
     */
    public Capability withPrefill(String provider, String model, String base) {
        Capability listed = of(provider, model, base);
        if (listed.prefill()) {
            return listed;
        }
        return rows.stream()
                .filter(
                        row ->
                                row.serves(provider)
                                        && row.methods().stream().anyMatch(Method::prefill))
                .findFirst()
                .map(row -> Capability.of(row.methods(), row.quirks()))
                .orElseGet(() -> Capability.of(List.of(Method.PREFILL), listed.quirks()));
    }
}
