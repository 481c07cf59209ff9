package org.tandemgw.gateway.config;

import java.util.List;
import java.util.regex.Pattern;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * The SNMP agent.
 *
 * @param listen its UDP address
 * @param enterprise the identifier that the objects of the MIB hang below
 * @param users SNMPv3 users
 * @param communities SNMPv2c communities; empty: no v2c
 * @param managers who gets notifications
 */
public record SnmpConfig(
        HostPort listen, String enterprise, List<User> users, List<String> communities, List<Manager> managers) {

    /**
     * An SNMPv3 user with authentication and privacy.
     *
     * @param name his name
     * @param auth such as SHA-256
     * @param authSecret its pass phrase
     * @param priv such as AES-128
     * @param privSecret its pass phrase
     */
    public record User(String name, String auth, Secret authSecret, String priv, Secret privSecret) {}

    /**
     * Who gets notifications.
     *
     * @param target his UDP address
     * @param user one of the users, or a community
     * @param inform whether he must confirm
     */
    public record Manager(HostPort target, String user, boolean inform) {}

    /** Where the MIB hangs unless the file says otherwise: the playpen of net-snmp, until there is a number of our own. */
    public static final String PLAYPEN = "1.3.6.1.4.1.8072.9999.9999";

    /** Below 1.3.6.1.4.1, and short enough for every row. */
    static final Pattern ENTERPRISE = Pattern.compile("1\\.3\\.6\\.1\\.4\\.1(\\.[1-9][0-9]{0,8}){1,10}");

    /** Whether the MIB can hang there. */
    public static boolean isEnterprise(String oid) {
        return ENTERPRISE.matcher(oid).matches();
    }

    /** Copies the lists. */
    public SnmpConfig {
        users = List.copyOf(users);
        communities = List.copyOf(communities);
        managers = List.copyOf(managers);
    }

    /** Without the communities: they are secrets of a kind. */
    @Override
    public String toString() {
        return "SnmpConfig[listen=" + listen + ", enterprise=" + enterprise + ", users=" + users + ", communities="
                + communities.size() + ", managers=" + managers + "]";
    }
}
