package dev.midstream.model;

/** Who has to change something before the same attempt could succeed. */
public enum Fault {
    /** The deployment or the network to it: another one may do. */
    DEPLOYMENT,
    /** The credential: another deployment with another one may do. */
    CREDENTIAL,
    /** The request itself. */
    REQUEST,
    /** The client, who left. */
    CLIENT,
    /** What we sent or how we asked. */
    US
}
