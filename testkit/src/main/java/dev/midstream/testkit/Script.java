package dev.midstream.testkit;

import dev.midstream.testkit.Step.CleanEnd;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The steps of one response in their order, as they become due; its last step is an ending. */
interface Script {

    /** The next step, or null if it is not due yet. */
    @Nullable Step next();

    /** Completes when there is a next step. */
    CompletableFuture<?> due();

    /** Nobody asks for more; may be said again. */
    void leave();

    /** Steps that are due at once. */
    static Script of(List<Step> steps) {
        Iterator<Step> left = steps.iterator();
        return new Script() {
            @Override
            public Step next() {
                return left.hasNext() ? left.next() : new CleanEnd();
            }

            @Override
            public CompletableFuture<?> due() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void leave() {}
        };
    }
}
