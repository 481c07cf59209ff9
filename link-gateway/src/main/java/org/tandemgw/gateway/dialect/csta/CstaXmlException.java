package org.tandemgw.gateway.dialect.csta;

/** This is no document of CSTA, or one that nobody should read. Nothing of it is used; the frame it came in stays as it is. */
public final class CstaXmlException extends Exception {
    private static final long serialVersionUID = 1;

    CstaXmlException(String what) {
        super(what, null, false, false);
    }
}
