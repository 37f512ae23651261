package dev.midstream.relay;

import java.util.Locale;
import java.util.Objects;

/**
 * Where an answer broke off last.
 *
 * @param group the model group of the attempt that broke
 * @param cause the failure's word
 */
record Break(String group, String cause) {

    /**
     * The seam in words, for those who want to see it in the stream.
     *
     * @param a the attempt that goes on, its seam proven
     */
    String comment(Attempt a) {
        return "midstream seam from="
                + group
                + " to="
                + a.group
                + " cause="
                + cause
                + " method="
                + a.method().word()
                + " grade="
                + Objects.requireNonNull(a.grade).name().toLowerCase(Locale.ROOT);
    }
}
