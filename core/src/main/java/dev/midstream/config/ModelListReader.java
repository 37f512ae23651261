package dev.midstream.config;

import dev.midstream.config.Groups.Group;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.NamePattern;
import dev.midstream.yaml.YamlNode;
import dev.midstream.yaml.YamlNode.Mapping;
import dev.midstream.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code model_list} into groups. Used once. */
final class ModelListReader {

    private static final String NO_DEPLOYMENTS =
            "`model_list` has no deployments; name at least one, with `model_name` and `litellm_params`";
    private static final String NO_MODEL =
            "there is no model; name at least one: `.model(\"chat\", deployment(\"provider/model\"))`";

    private final DeploymentReader deployments;
    private final Reading reading;
    private final Map<String, Mapping> inCode;
    private final Map<String, List<DeploymentDraft>> drafts = new LinkedHashMap<>();
    private final Map<String, GroupSettings> settings = new LinkedHashMap<>();
    private final Set<String> written = new LinkedHashSet<>();
    private final Map<String, YamlNode> ids = new HashMap<>();
    private final Map<String, Integer> hashes = new HashMap<>();

    /**
     * @param inCode settings that code has for groups, by name
     */
    ModelListReader(DeploymentReader deployments, Reading reading, Map<String, Mapping> inCode) {
        this.deployments = deployments;
        this.reading = reading;
        this.inCode = inCode;
    }

    Groups read(Section top) {
        YamlNode list = top.node("model_list");
        if (list instanceof Sequence sequence && !sequence.items().isEmpty()) {
            sequence.items().forEach(this::entry);
        } else if (list == null || list instanceof Sequence) {
            YamlNode at = list == null ? top.mapping() : list;
            reading.error(at, at.at().inCode() ? NO_MODEL : NO_DEPLOYMENTS);
        } else {
            reading.expected("model_list", list, "a list of deployments");
        }
        inCode.forEach(this::nobody);
        return new Groups(groups(), written);
    }

    private void nobody(String group, Mapping settings) {
        if (!written.contains(group)) {
            String message = "settings for the group `" + IllegalSetting.shown(group) + "`, which ";
            String near = NearNames.question(group, written);
            reading.error(settings, message + "has no deployments" + near);
        }
    }

    private GroupSettings groupSettings(String group) {
        GroupSettings made = new GroupSettings(group, reading);
        Mapping said = inCode.get(group);
        if (said != null) {
            made.add(said);
        }
        return made;
    }

    private void entry(YamlNode item) {
        if (!(item instanceof Mapping mapping)) {
            reading.expected(
                    "model_list",
                    item,
                    "a list of deployments, each a mapping with `model_name` and `litellm_params`");
            return;
        }
        Section entry = new Section("model_list", mapping, reading);
        String group = entry.text("model_name");
        if (group == null || group.isBlank()) {
            reading.error(item, "`model_name` is missing: the name that clients ask for");
            return;
        }
        written.add(group);
        GroupSettings groupSettings = settings.computeIfAbsent(group, this::groupSettings);
        DeploymentDraft draft = deployments.read(group, entry, groupSettings);
        if (draft != null) {
            drafts.computeIfAbsent(group, g -> new ArrayList<>()).add(draft.withId(id(draft)));
        }
    }

    /**
     * The id that was given, which must be the only one, or one that tells apart what looks the
     * same.
     */
    private String id(DeploymentDraft draft) {
        YamlNode given = draft.givenId();
        if (given == null) {
            int number = hashes.merge(draft.id(), 1, Integer::sum);
            return number == 1 ? draft.id() : draft.id() + "-" + number;
        }
        YamlNode first = ids.putIfAbsent(draft.id(), given);
        if (first != null) {
            reading.error(
                    given,
                    "the id `"
                            + draft.id()
                            + "` is taken at "
                            + first.at()
                            + "; ids name one deployment");
        }
        return draft.id();
    }

    private Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        drafts.forEach(
                (name, drafts) -> {
                    List<Deployment> built = Shares.build(drafts);
                    GroupSettings groupSettings = settings.get(name);
                    if (groupSettings != null) {
                        boolean pattern = NamePattern.isPattern(name);
                        groups.put(name, new Group(built, drafts, groupSettings.patch(), pattern));
                    }
                });
        return groups;
    }
}
