package dev.midstream.gateway.drill;

import dev.midstream.capability.Capability;
import dev.midstream.capability.CapabilityTable;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.drill.Casting.Player;
import dev.midstream.model.Method;
import dev.midstream.model.Quirk;
import dev.midstream.model.Secret;
import dev.midstream.model.Target;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Face;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.SettingsPatch;
import dev.midstream.testkit.Behaviour;
import dev.midstream.testkit.BlackHole;
import dev.midstream.testkit.PrefillForm;
import dev.midstream.testkit.Responder;
import dev.midstream.testkit.ScriptedModel;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody scripted in a deployment's place: a provider for each protocol that the deployment
 * speaks, who answers as its part says and can what its model can. Thread-safe once it stands.
 */
final class StandIn implements AutoCloseable {

    private static final CapabilityTable TABLE = CapabilityTable.load();
    private static final Secret KEY = Secret.of("sk-rehearsal");

    private final Deployment original;
    private final Part part;
    private final Wire wire;
    private final List<ScriptedProvider> providers = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private final ModelGroup described;
    private final Deployment deployment;

    /**
     * @param wire the protocol in which it will be asked
     * @param order its place in the walk
     */
    StandIn(Player player, Wire wire, int order) {
        this.original = player.link().deployment();
        this.part = player.part();
        this.wire = wire;
        this.described = described();
        Responder responder = part.plays().get();
        if (!ownCapability() && responder instanceof ScriptedModel model) {
            asListed(model);
        }
        this.deployment =
                original.elsewhere(
                        face(original.face(), responder),
                        original.others().stream()
                                .filter(face -> Wire.isSpoken(face.protocol()))
                                .map(face -> face(face, responder))
                                .toList(),
                        ownCapability() ? model().methods() : original.methods(),
                        order,
                        model().clocks().orElse(original.clocks()));
    }

    /** What the gateway is to ask. */
    Deployment deployment() {
        return deployment;
    }

    /** What its part sets for the group that is asked for. */
    SettingsPatch settings() {
        return described.settings();
    }

    @Override
    public void close() {
        providers.forEach(ScriptedProvider::close);
        others.forEach(StandIn::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // ------------------------------------------------------------------------------ what it can

    /** Whether the part is that of another model, or has overrides of its own. */
    private boolean ownCapability() {
        return part.named() || !part.info().isEmpty();
    }

    /** The part as a configuration has it. */
    private ModelGroup described() {
        String yaml =
                """
                model_list:
                  - model_name: part
                    litellm_params: {model: %s, api_base: "http://127.0.0.1:9/v1", api_key: none%s}
                    model_info: {%s}
                """
                        .formatted(
                                part.model().apply(wire),
                                part.params().isEmpty() ? "" : ", " + part.params(),
                                joined(part.info(), wire.info()));
        try {
            return new ConfigurationReader(name -> null, StandIn::noFile)
                    .read("part", yaml)
                    .router()
                    .groups()
                    .getFirst();
        } catch (InvalidConfiguration e) {
            throw new IllegalStateException(e);
        }
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + ", " + second;
    }

    private static String noFile(String path) throws IOException {
        throw new IOException("there are no files here: " + path);
    }

    private Deployment model() {
        return described.deployments().getFirst();
    }

    /** As the capability table knows the model, whatever an override says. */
    private void asListed(ScriptedModel model) {
        Target target = original.target();
        String base = original.endpoint().base();
        Capability listed = TABLE.of(target.provider(), target.model(), base);
        if (listed.prefill()) {
            model.prefilledBy(form(listed.methods().getFirst()));
            if (listed.quirks().contains(Quirk.ECHO)) {
                model.onPrefill(new Behaviour.EchoesPrefill());
            }
        } else if (TABLE.grounds(target.provider(), target.model(), base).refusesPrefill()) {
            model.onPrefill(new Behaviour.RefusesPrefill());
        } else {
            model.onPrefill(new Behaviour.StartsAnew());
        }
    }

    private static PrefillForm form(Method method) {
        return switch (method) {
            case PREFIX -> PrefillForm.PREFIX;
            case PARTIAL -> PrefillForm.PARTIAL;
            case CONTINUE_FINAL_MESSAGE -> PrefillForm.CONTINUE_FINAL_MESSAGE;
            case PREFILL, ORIGINAL, RESUME, USER_TURN, REPLAY, RESTART -> PrefillForm.PLAIN;
        };
    }

    // --------------------------------------------------------------------------- where it stands

    private Face face(Face face, Responder responder) {
        Wire spoken = Wire.of(face.protocol());
        ScriptedProvider provider =
                ScriptedProvider.start("stand-in", part.dialect(spoken), responder);
        providers.add(provider);
        String origin = origin(provider);
        Endpoint endpoint = face.endpoint();
        return new Face(
                ownCapability() ? withQuirks(face.target()) : face.target(),
                new Endpoint(
                        moved(endpoint.stream(), origin),
                        moved(endpoint.plain(), origin),
                        endpoint.headers(),
                        madeUp(endpoint.credential())));
    }

    private Target withQuirks(Target target) {
        return new Target(
                target.id(),
                target.group(),
                target.provider(),
                target.model(),
                target.protocol(),
                target.origin(),
                target.defaults(),
                target.dropUnsupported(),
                target.dropAlways(),
                model().target().quirks());
    }

    private String origin(ScriptedProvider provider) {
        return switch (part.reach()) {
            case OPEN -> provider.origin().toString();
            case REFUSED -> "http://127.0.0.1:" + takenPort();
            case SILENT -> {
                BlackHole hole = BlackHole.open();
                others.add(hole);
                yield hole.origin().toString();
            }
        };
    }

    /** Nobody listens there, and nobody else can begin to. */
    private int takenPort() {
        try {
            Socket bound = new Socket();
            others.add(bound);
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return bound.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static URI moved(URI url, String origin) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(origin + url.getRawPath() + query);
    }

    private static Credential madeUp(Credential credential) {
        return switch (credential) {
            case Credential.None none -> none;
            case Credential.Header header ->
                    new Credential.Header(header.name(), header.prefix(), KEY);
            case Credential.GoogleToken token ->
                    new Credential.Header("Authorization", "Bearer ", KEY);
            case Credential.Missing missing -> missing;
        };
    }
}
