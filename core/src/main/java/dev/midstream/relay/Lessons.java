package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.ProviderError;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What failures teach about how a deployment is to be asked: such a failure is ours, never
 * surfaces, and is remembered over any table and any override, with a warning that names the key to
 * set.
 *
 * <p>Event-loop confined.
 */
final class Lessons {

    private static final Pattern MODEL = Pattern.compile("(?i)model");

    private final CapabilityMemory memory;
    private final Recovery recovery;
    private final List<Step> steps;

    Lessons(CapabilityMemory memory, Recovery recovery, List<Step> steps) {
        this.memory = memory;
        this.recovery = recovery;
        this.steps = steps;
    }

    /**
     * The failure as it concerns us: what is refused was the client's own wish where we did not add
     * it, and then the request is wrong, not our way of asking.
     */
    static Failure asItConcerns(Attempt a, Failure failure) {
        if (a.rewritten && failure instanceof Failure.SeamRejected seam) {
            return new Failure.SeamRejected(seam.message(), false);
        }
        if (!(failure instanceof Failure.Refused refused)) {
            return failure;
        }
        ProviderError error = refused.error();
        if (unspoken(a, refused)) {
            return new Failure.Refused(error.as(ErrorClass.PROTOCOL_REFUSED), false);
        }
        boolean ours =
                switch (error.errorClass()) {
                    case PREFILL_REFUSED -> a.method().prefill();
                    case STREAM_REFUSED -> a.draft.stream();
                    case REASONING_REFUSED -> !a.draft.withoutOldReasoning();
                    default -> true;
                };
        return ours
                ? failure
                : new Failure.Refused(error.as(ErrorClass.BAD_REQUEST), refused.inBand());
    }

    /** Whether there is nothing at the place where a further protocol would be spoken. */
    private static boolean unspoken(Attempt a, Failure.Refused refused) {
        ProviderError error = refused.error();
        boolean nothing = error.status() == 404 || error.status() == 405 || error.status() == 501;
        return nothing
                && !refused.inBand()
                && a.method() != Method.RESUME
                && !a.face.equals(a.deployment.face())
                && !MODEL.matcher(error.message() + " " + error.code()).find();
    }

    /** Whether the failure only taught us how this deployment is to be asked. */
    boolean learned(Attempt a, Failure failure) {
        if (failure instanceof Failure.SeamRejected seam) {
            recovery.seamFailed(a.deployment, a.method());
            if (seam.methodIgnored()) {
                ruleOut(a, "ignored");
            }
            return seam.methodIgnored();
        }
        if (!(failure instanceof Failure.Refused refused)) {
            return false;
        }
        return switch (refused.error().errorClass()) {
            case PREFILL_REFUSED -> {
                ruleOut(a, "refused");
                yield true;
            }
            case STREAM_REFUSED -> {
                if (memory.refusedToStream(a.deployment.id())) {
                    warn(a, "does not stream to us: it is asked plainly from now on");
                }
                yield true;
            }
            case REASONING_REFUSED -> {
                recovery.reasoningRefused(a.deployment);
                yield true;
            }
            case PROTOCOL_REFUSED -> {
                unspoken(a);
                yield true;
            }
            default -> false;
        };
    }

    private void unspoken(Attempt a) {
        String protocol = a.face.protocol();
        if (memory.refusedProtocol(a.deployment.id(), protocol)) {
            String usual = a.deployment.face().protocol();
            warn(
                    a,
                    ("does not serve " + protocol + ": it is asked by " + usual)
                            + " from now on; set model_info.mode: chat");
        }
    }

    private void ruleOut(Attempt a, String how) {
        if (memory.ruleOut(a.deployment.id(), a.method())) {
            warn(
                    a,
                    how
                            + " an assistant prefill ("
                            + a.method().word()
                            + "): another method is used from now on; set"
                            + " model_info.supports_assistant_prefill: false");
        }
    }

    private void warn(Attempt a, String what) {
        steps.add(
                new Step.Warn(
                        "deployment " + a.deployment.id() + " of group " + a.group + " " + what));
    }
}
