package dev.midstream.protocol;

/** A request that a target cannot take; names the parameter and the deployment. */
public final class Untranslatable extends Exception {

    private static final long serialVersionUID = 1;

    private final String param;

    public Untranslatable(String param, String message) {
        super(message, null, false, false);
        this.param = param;
    }

    public String param() {
        return param;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
