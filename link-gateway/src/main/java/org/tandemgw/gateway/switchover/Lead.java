package org.tandemgw.gateway.switchover;

/**
 * Where all trunk switches together lead.
 *
 * @param kind how far that is known
 * @param server null unless every card of every switch leads to this one
 * @param sentence for an operator
 */
record Lead(Kind kind, String server, String sentence) {
    /** How far it is known. */
    enum Kind {
        /** There is no trunk switch. */
        NONE,
        /** Every card of every switch leads to one server. */
        TO_ONE,
        /** They are known, and lead to different servers or nowhere. */
        MIXED,
        /** At least one cannot be read. */
        UNKNOWN
    }

    static Lead of(SwitchoverRules rules, Facts facts) {
        if (rules.switches().isEmpty()) {
            return new Lead(Kind.NONE, null, "there is no trunk switch");
        }
        String server = null;
        String mixed = null;
        for (final SwitchRules each : rules.switches()) {
            final Event.TrunksSeen seen = facts.trunks(each.name());
            if (!known(seen)) {
                return new Lead(Kind.UNKNOWN, null, "the position of " + each.name() + " cannot be read");
            }
            if (seen.leadsTo() == null) {
                mixed = each.name() + " is at " + seen.position();
            } else if (server != null && !server.equals(seen.leadsTo())) {
                mixed = each.name() + " leads to " + seen.leadsTo() + ", another to " + server;
            }
            server = seen.leadsTo() == null ? server : seen.leadsTo();
        }
        return mixed != null
                ? new Lead(Kind.MIXED, null, mixed)
                : new Lead(Kind.TO_ONE, server, "the trunks lead to " + server);
    }

    /** Which switch somebody has moved away from this server, in words; null: none is known to be. */
    static String elsewhere(Core core, String server) {
        for (final SwitchRules each : core.rules.switches()) {
            final Event.TrunksSeen seen = core.facts.trunks(each.name());
            if (known(seen) && !core.orders.old(seen) && !server.equals(seen.leadsTo())) {
                final String where =
                        seen.leadsTo() == null ? " is at " + seen.position() : " leads to " + seen.leadsTo();
                return "moved without Tandem: " + seen.name() + where + ", " + server + " is active";
            }
        }
        return null;
    }

    /** Whether where this switch leads is known now. */
    static boolean known(Event.TrunksSeen seen) {
        return seen != null
                && seen.reachable()
                && (seen.leadsTo() != null || !"unknown".equals(seen.position()) && !"absent".equals(seen.position()));
    }

    /** Whether nothing contradicts that this server has the trunks. */
    boolean agreesWith(String active) {
        return kind == Kind.NONE || kind == Kind.TO_ONE && server.equals(active);
    }
}
