package dev.midstream.capability;

import dev.midstream.model.Method;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What deployments refused or ignored, remembered until restart over any table and any override.
 * Bounded, for clients may name as many models as they like where a pattern lets them: of ten
 * thousand deployments and more some are forgotten, and taught again. Thread-safe.
 */
public final class CapabilityMemory {

    private static final int MOST = 10_000;

    private final Map<String, Set<Method>> ruledOut = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> unspoken = new ConcurrentHashMap<>();
    private final Set<String> noStreaming = ConcurrentHashMap.newKeySet();
    private final Set<String> knownToContinue = ConcurrentHashMap.newKeySet();

    /** Remembers that a deployment refused or ignored a method; whether that is news. */
    public boolean ruleOut(String deployment, Method method) {
        makeRoom(ruledOut.keySet());
        return ruledOut.computeIfAbsent(deployment, d -> ConcurrentHashMap.newKeySet()).add(method);
    }

    public boolean ruledOut(String deployment, Method method) {
        Set<Method> methods = ruledOut.get(deployment);
        return methods != null && methods.contains(method);
    }

    /** Remembers that a deployment does not stream to us; whether that is news. */
    public boolean refusedToStream(String deployment) {
        makeRoom(noStreaming);
        return noStreaming.add(deployment);
    }

    public boolean streams(String deployment) {
        return !noStreaming.contains(deployment);
    }

    /** Remembers that a deployment does not speak a protocol; whether that is news. */
    public boolean refusedProtocol(String deployment, String protocol) {
        makeRoom(unspoken.keySet());
        return unspoken.computeIfAbsent(deployment, d -> ConcurrentHashMap.newKeySet())
                .add(protocol);
    }

    public boolean speaks(String deployment, String protocol) {
        Set<String> protocols = unspoken.get(deployment);
        return protocols == null || !protocols.contains(protocol);
    }

    /** Remembers that a prefill was seen to be continued by this deployment. */
    public void continuedPrefill(String deployment) {
        makeRoom(knownToContinue);
        knownToContinue.add(deployment);
    }

    public boolean knownToContinue(String deployment) {
        return knownToContinue.contains(deployment);
    }

    /** Forgets all of it: by this name somebody else is asked now. */
    public void forget(String deployment) {
        ruledOut.remove(deployment);
        unspoken.remove(deployment);
        noStreaming.remove(deployment);
        knownToContinue.remove(deployment);
    }

    private static void makeRoom(Set<String> deployments) {
        Iterator<String> any = deployments.iterator();
        while (deployments.size() >= MOST && any.hasNext()) {
            any.next();
            any.remove();
        }
    }
}
