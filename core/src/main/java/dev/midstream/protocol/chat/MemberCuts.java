package dev.midstream.protocol.chat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds what of a chunk is left out toward clients: an empty {@code error}, and usage beside
 * choices.
 */
final class MemberCuts {

    static final int[] NONE = {};

    private static final JsonFactory FACTORY = new JsonFactory();

    private record Member(int start, int end, boolean cut) {}

    private MemberCuts() {}

    /**
     * The cuts of a chunk that is known to be a JSON object, in absolute positions.
     *
     * @param usage whether usage is cut too
     */
    static int[] of(byte[] bytes, int offset, int length, boolean usage) {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser =
                FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                members.add(member(parser, offset, usage));
            }
        } catch (JacksonException beyondSomeLimit) {
            return NONE;
        }
        return cuts(members);
    }

    private static Member member(JsonParser parser, int offset, boolean usage) {
        String name = parser.currentName();
        boolean cut = name.equals("error") || usage && name.equals("usage");
        int start = offset + (int) parser.currentTokenLocation().getByteOffset();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
        int end = offset + (int) parser.currentLocation().getByteOffset();
        return new Member(start, end, cut);
    }

    private static int[] cuts(List<Member> members) {
        List<Integer> cuts = new ArrayList<>();
        boolean kept = false;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (!member.cut) {
                kept = true;
            } else if (kept) {
                add(cuts, members.get(i - 1).end, member.end);
            } else {
                boolean last = i == members.size() - 1;
                add(cuts, member.start, last ? member.end : members.get(i + 1).start);
            }
        }
        return cuts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void add(List<Integer> cuts, int from, int to) {
        cuts.add(from);
        cuts.add(to);
    }
}
