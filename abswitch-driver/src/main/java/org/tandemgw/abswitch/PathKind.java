package org.tandemgw.abswitch;

/** What a path is made of, as far as it matters for what its answers prove. */
public enum PathKind {
    /** A TCP connection: a fresh connection carries no answer of an earlier one. */
    TCP,
    /** A serial line: what comes late comes here, and opening the port anew changes nothing about it. */
    SERIAL,
    /** SNMP: an answer names the request that it belongs to. */
    SNMP
}
