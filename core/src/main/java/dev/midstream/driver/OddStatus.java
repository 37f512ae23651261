package dev.midstream.driver;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.ProviderError;
import org.jspecify.annotations.Nullable;

/**
 * What a status means that is neither an answer (200) nor an error (400 to 599): whatever the body,
 * it is none that a provider explains itself with. Toward the client it is a 502.
 */
final class OddStatus {

    private OddStatus() {}

    /** The failure that the status is, null if it is an answer's or an error's. */
    static @Nullable Failure failure(int status) {
        if (status == 200 || status >= 400 && status < 600) {
            return null;
        }
        String told = "The upstream answered with status " + status;
        return switch (status / 100) {
            case 2 -> refused(ErrorClass.SERVER_ERROR, told + ", expected 200 and an answer");
            case 3 ->
                    refused(
                            ErrorClass.NOT_FOUND,
                            told
                                    + ", a redirect, and redirects are not followed: the"
                                    + " deployment's api_base is wrong (http for https?)");
            default -> refused(ErrorClass.SERVER_ERROR, told + ", which is none of an answer");
        };
    }

    private static Failure refused(ErrorClass errorClass, String message) {
        return new Failure.Refused(
                new ProviderError(
                        502, errorClass, "", null, null, message, null, null, null, false),
                false);
    }
}
