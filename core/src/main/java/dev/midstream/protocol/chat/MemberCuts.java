package dev.midstream.protocol.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds what of a chunk is left out toward clients: an empty {@code error}, usage beside choices, a
 * role that is told again, a finish reason that says nothing.
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

    /**
     * The cut of one member of an object, in absolute positions.
     *
     * @param end where its value, a text, ends; what stands before is known to be JSON
     * @param limit where the chunk ends, of which the rest may be no JSON
     * @return empty if the text is not plain, so that it cannot be found backwards, or the object
     *     does not go on
     */
    static int[] around(byte[] bytes, int end, int limit) {
        int value = opening(bytes, end - 1);
        if (bytes[value - 1] == '\\') {
            return NONE;
        }
        int colon = back(bytes, value - 1);
        int start = opening(bytes, back(bytes, colon - 1));
        int next = forth(bytes, end, limit);
        if (next == limit) {
            return NONE;
        }
        if (bytes[next] == ',') {
            return new int[] {start, forth(bytes, next + 1, limit)};
        }
        int before = back(bytes, start - 1);
        return new int[] {bytes[before] == ',' ? before : start, end};
    }

    /** Where the text opens that closes here. */
    private static int opening(byte[] bytes, int closing) {
        int at = closing - 1;
        while (bytes[at] != '"') {
            at--;
        }
        return at;
    }

    private static int back(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] <= ' ' && bytes[at] >= 0) {
            at--;
        }
        return at;
    }

    private static int forth(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Two lists of cuts that do not overlap as one. */
    static int[] joined(int[] some, int[] others) {
        if (some.length == 0 || others.length == 0) {
            return some.length == 0 ? others : some;
        }
        int[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        Arrays.sort(all);
        return all;
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
