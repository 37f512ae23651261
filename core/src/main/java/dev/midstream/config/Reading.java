package dev.midstream.config;

import dev.midstream.model.Secret;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Scalar;
import dev.midstream.yaml.YamlNode.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values: variables resolved, what is wrong said with its place. Every method gives
 * null where nothing usable stands, and has said why. Not thread-safe.
 */
final class Reading {

    private final Diagnostics diagnostics;
    private final Environment environment;
    private final FileReader files;

    Reading(Diagnostics diagnostics, Environment environment, FileReader files) {
        this.diagnostics = diagnostics;
        this.environment = environment;
        this.files = files;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    Environment environment() {
        return environment;
    }

    FileReader files() {
        return files;
    }

    void error(YamlNode node, String message) {
        diagnostics.error(node.at(), message);
    }

    void warning(YamlNode node, String message) {
        diagnostics.warning(node.at(), message);
    }

    void expected(String key, YamlNode node, String expected) {
        error(node, "`" + key + "` must be " + expected + "; here stands " + kind(node));
    }

    private static String kind(YamlNode node) {
        boolean assignment = node instanceof Scalar scalar && scalar.text().matches("(?s)\\w+=.*");
        return node.kind()
                + (assignment ? " (a key and its value are joined by `: `, not by `=`)" : "");
    }

    /** A text with its variable resolved; a missing one is a warning. */
    @Nullable String text(String key, YamlNode node) {
        return text("`" + key + "`", node, false);
    }

    private @Nullable String text(String label, YamlNode node, boolean needed) {
        if (!(node instanceof Scalar scalar)) {
            error(node, label + " must be a text; here stands " + kind(node));
            return null;
        }
        if (scalar.type() == Type.NULL) {
            return null;
        }
        String variable = Environment.referred(scalar.text());
        return variable == null ? scalar.text() : variable(label, node, variable, needed);
    }

    private @Nullable String variable(
            String label, YamlNode node, String variable, boolean needed) {
        String value = environment.get(variable);
        if (value == null) {
            String message =
                    label
                            + " is to come from the environment variable "
                            + variable
                            + ", which is not set";
            if (needed) {
                error(node, message + "; set it, or remove the key");
            } else {
                warning(node, message + "; read as if the key were absent");
            }
        }
        return value;
    }

    /**
     * A credential; a missing variable is an error.
     *
     * @param whose {@code of `claude-primary`}, or nothing
     */
    @Nullable Secret secret(String key, YamlNode node, String whose) {
        String text = text("`" + key + "`" + whose, node, true);
        if (text == null) {
            return null;
        }
        String secret = text.strip();
        if (secret.isEmpty() || secret.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            error(
                    node,
                    "`"
                            + key
                            + "`"
                            + whose
                            + " must be one word of visible ASCII characters; it cannot go into a header");
            return null;
        }
        return Secret.of(secret);
    }

    /** Reads a setting into a draft. */
    void setting(SettingKey key, YamlNode node, SettingsDraft draft) {
        String text = value(key.name(), node, key.value().bool());
        if (text != null && !key.value().reader().read(draft, text)) {
            wrong(key.name(), node, key.value().expected());
        }
    }

    @Nullable Boolean flag(String key, YamlNode node) {
        String text = value(key, node, true);
        Boolean flag = text == null ? null : SettingValue.flag(text.strip());
        if (text != null && flag == null) {
            wrong(key, node, "`true` or `false`");
        }
        return flag;
    }

    /** The text of a value that is no free text; a YAML 1.1 boolean in its YAML 1.2 form. */
    private @Nullable String value(String key, YamlNode node, boolean bool) {
        String text = text(key, node);
        if (text == null || !bool) {
            return text;
        }
        String modern =
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "yes", "on" -> "true";
                    case "no", "off" -> "false";
                    default -> null;
                };
        if (modern == null) {
            return text;
        }
        if (node instanceof Scalar scalar && Environment.referred(scalar.text()) == null) {
            warning(
                    node,
                    "`"
                            + text
                            + "` is a boolean in YAML 1.1 only; read as `"
                            + modern
                            + "`, write that");
        }
        return modern;
    }

    /** Says that a value is not what was expected; a variable's value is not shown. */
    void wrong(String key, YamlNode node, String expected) {
        error(node, "`" + key + "`: " + shown(node) + " is not " + expected);
    }

    /** A value as messages may show it. */
    static String shown(YamlNode node) {
        if (!(node instanceof Scalar scalar)) {
            return node.kind();
        }
        String variable = Environment.referred(scalar.text());
        return variable == null
                ? "`" + IllegalSetting.shown(scalar.text()) + "`"
                : "the value of the environment variable " + variable;
    }
}
