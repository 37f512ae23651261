package dev.midstream.testkit.junit;

import dev.midstream.testkit.ScriptedProvider;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The providers behind parameters with {@link Provider}. Thread-safe. */
final class ProviderParameters
        implements ParameterResolver, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** What was started for one test or one class. */
    private static final class Scope {
        final List<ScriptedProvider> strict = new ArrayList<>();
        final List<ScriptedProvider> lenient = new ArrayList<>();
        private String test = "";

        synchronized ScriptedProvider provider(String name, Provider wanted) {
            Optional<ScriptedProvider> known =
                    all().stream().filter(one -> one.name().equals(name)).findFirst();
            ScriptedProvider provider =
                    known.orElseGet(() -> ScriptedProvider.start(name, wanted.value()));
            if (known.isEmpty()) {
                (wanted.lenient() ? lenient : strict).add(provider);
            }
            if (!provider.protocol().equals(wanted.value().dialect().protocol())) {
                throw new ParameterResolutionException(
                        name + " speaks " + provider.protocol() + ", not " + wanted.value());
            }
            return provider;
        }

        synchronized List<ScriptedProvider> all() {
            List<ScriptedProvider> all = new ArrayList<>(strict);
            all.addAll(lenient);
            return all;
        }

        synchronized void enter(String id) {
            if (!test.isEmpty()) {
                throw new IllegalStateException(
                        "another test uses the providers of this class at the same time: let these"
                                + " tests run in the same thread (@Execution(SAME_THREAD)), or give"
                                + " each its own by a parameter of the test method");
            }
            test = id;
        }

        /** Whether that test had entered. */
        synchronized boolean leave(String id) {
            boolean entered = test.equals(id);
            test = entered ? "" : test;
            return entered;
        }

        synchronized void judge(ExtensionContext context) {
            Verdict.on(context, lenient, true);
            Verdict.on(context, strict, false);
        }
    }

    private final Map<String, Scope> scopes = new ConcurrentHashMap<>();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(Provider.class)
                && parameter.getParameter().getType() == ScriptedProvider.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Provider wanted = parameter.findAnnotation(Provider.class).orElseThrow();
        return scopes.computeIfAbsent(context.getUniqueId(), id -> new Scope())
                .provider(name(parameter, wanted), wanted);
    }

    private static String name(ParameterContext context, Provider wanted) {
        Parameter parameter = context.getParameter();
        if (!wanted.name().isEmpty()) {
            return wanted.name();
        }
        return parameter.isNamePresent()
                ? parameter.getName()
                : "provider-" + (context.getIndex() + 1);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        around(context).forEach(scope -> scope.enter(context.getUniqueId()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Scope own = scopes.remove(context.getUniqueId());
        List<Scope> shared =
                around(context).stream()
                        .filter(scope -> scope.leave(context.getUniqueId()))
                        .toList();
        try {
            shared.forEach(scope -> scope.judge(context));
            if (own != null) {
                own.judge(context);
            }
        } finally {
            shared.forEach(scope -> scope.all().forEach(ScriptedProvider::reset));
            close(own);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close(scopes.remove(context.getUniqueId()));
    }

    private static void close(@Nullable Scope scope) {
        if (scope != null) {
            scope.all().forEach(ScriptedProvider::close);
        }
    }

    /** What was started for the classes around a test. */
    private List<Scope> around(ExtensionContext test) {
        List<Scope> around = new ArrayList<>();
        for (Optional<ExtensionContext> context = test.getParent();
                context.isPresent();
                context = context.get().getParent()) {
            Scope scope = scopes.get(context.get().getUniqueId());
            if (scope != null) {
                around.add(scope);
            }
        }
        return around;
    }
}
