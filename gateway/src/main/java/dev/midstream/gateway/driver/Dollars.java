package dev.midstream.gateway.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes amounts of money, which may be a fraction of a token's price. */
public final class Dollars {

    private static final int DIGITS = 12;

    private Dollars() {}

    /** Without an exponent, to a millionth of a millionth. */
    public static String text(double dollars) {
        BigDecimal exact = BigDecimal.valueOf(dollars).setScale(DIGITS, RoundingMode.HALF_EVEN);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
