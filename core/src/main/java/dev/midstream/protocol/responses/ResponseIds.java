package dev.midstream.protocol.responses;

import dev.midstream.model.Held;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/*
 * The id that a client is given says where its answer is kept, to nobody but us: deployment and the provider's own id under
 * AES-GCM. The nonce is a keyed hash of what is sealed, so that no two texts share one, no source of randomness is needed, and
 * one answer has one id whoever tells it.
 */
/**
 * Makes and reads ids of answers that a provider keeps: opaque, unguessable, readable by whoever
 * has the key. Immutable, thread-safe.
 */
public final class ResponseIds {

    private static final String PREFIX = "resp_";
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST = 2048;
    private static final int SHORTEST_KEY = 16;

    private final SecretKeySpec cipherKey;
    private final SecretKeySpec nonceKey;

    /**
     * @param key at least 16 bytes that nobody else knows; replicas that have the same read each
     *     other's ids
     */
    public ResponseIds(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "Expected a key of at least 16 bytes, but got " + key.length);
        }
        SecretKeySpec root = new SecretKeySpec(key, "HmacSHA256");
        byte[] cipher = hash(root, "response ids: cipher".getBytes(StandardCharsets.UTF_8));
        byte[] nonce = hash(root, "response ids: nonce".getBytes(StandardCharsets.UTF_8));
        this.cipherKey = new SecretKeySpec(cipher, "AES");
        this.nonceKey = new SecretKeySpec(nonce, "HmacSHA256");
    }

    /** The id under which clients know an answer that a provider keeps. */
    public String of(Held held) {
        byte[] plain = (held.deployment() + '\0' + held.id()).getBytes(StandardCharsets.UTF_8);
        byte[] nonce = Arrays.copyOf(hash(nonceKey, plain), NONCE);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain, 0, plain.length);
        if (sealed == null) {
            throw new IllegalStateException("AES-GCM did not encrypt");
        }
        byte[] whole = new byte[1 + NONCE + sealed.length];
        whole[0] = VERSION;
        System.arraycopy(nonce, 0, whole, 1, NONCE);
        System.arraycopy(sealed, 0, whole, 1 + NONCE, sealed.length);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /**
     * The id of an answer that no provider keeps.
     *
     * @param random at least 24 random letters and digits
     */
    public static String ofNothing(String random) {
        return PREFIX + random;
    }

    /**
     * Where the answer of this id is kept.
     *
     * @return null if {@link #of} has not made it with this key
     */
    public @Nullable Held read(String id) {
        if (!id.startsWith(PREFIX) || id.length() > LONGEST) {
            return null;
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(id.substring(PREFIX.length()));
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
        if (whole.length <= 1 + NONCE || whole[0] != VERSION) {
            return null;
        }
        byte[] nonce = Arrays.copyOfRange(whole, 1, 1 + NONCE);
        int from = 1 + NONCE;
        byte[] plain = crypt(Cipher.DECRYPT_MODE, nonce, whole, from, whole.length - from);
        return plain == null ? null : held(new String(plain, StandardCharsets.UTF_8));
    }

    private static @Nullable Held held(String plain) {
        int end = plain.indexOf('\0');
        return end < 0 ? null : new Held(plain.substring(0, end), plain.substring(end + 1));
    }

    private byte @Nullable [] crypt(int mode, byte[] nonce, byte[] input, int from, int count) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, cipherKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(new byte[] {VERSION});
            return cipher.doFinal(input, from, count);
        } catch (GeneralSecurityException notSealedWithThisKey) {
            return null;
        }
    }

    private static byte[] hash(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
