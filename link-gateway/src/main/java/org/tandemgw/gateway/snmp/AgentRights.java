package org.tandemgw.gateway.snmp;

import java.util.List;
import org.snmp4j.agent.MOServer;
import org.snmp4j.agent.mo.snmp.RowStatus;
import org.snmp4j.agent.mo.snmp.SnmpCommunityMIB;
import org.snmp4j.agent.mo.snmp.StorageType;
import org.snmp4j.agent.mo.snmp.VacmMIB;
import org.snmp4j.agent.security.MutableVACM;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.tandemgw.gateway.config.SnmpConfig;

/** Who may read what: SNMPv3 users with authentication and privacy, communities only as the file names them; nobody may write. */
final class AgentRights {
    private static final OctetString READ = new OctetString("tandem");
    private static final OctetString NOTHING = new OctetString();
    /** Neither the tables of users nor those of rights: whoever may look at the gateway need not know who else may. */
    private static final List<String> READABLE = List.of(
            "1.3.6.1.2.1.1", // system
            "1.3.6.1.2.1.11", // snmp
            "1.3.6.1.6.3.10.2", // snmpEngine
            "1.3.6.1.6.3.11.2.1", // snmpMPDStats
            "1.3.6.1.6.3.15.1.1"); // usmStats

    private AgentRights() {}

    static VacmMIB rights(MOServer server, SnmpConfig config, OID module) {
        final VacmMIB rights = new VacmMIB(new MOServer[] {server});
        for (final String subtree : READABLE) {
            view(rights, new OID(subtree));
        }
        view(rights, module);
        final OctetString v3 = new OctetString("v3");
        for (final SnmpConfig.User user : config.users()) {
            rights.addGroup(
                    SecurityModel.SECURITY_MODEL_USM, new OctetString(user.name()), v3, StorageType.nonVolatile);
        }
        access(rights, v3, SecurityModel.SECURITY_MODEL_USM, SecurityLevel.AUTH_PRIV);
        final OctetString v2c = new OctetString("v2c");
        for (final String community : config.communities()) {
            rights.addGroup(
                    SecurityModel.SECURITY_MODEL_SNMPv2c, new OctetString(community), v2c, StorageType.nonVolatile);
        }
        access(rights, v2c, SecurityModel.SECURITY_MODEL_SNMPv2c, SecurityLevel.NOAUTH_NOPRIV);
        return rights;
    }

    static void users(USM usm, SnmpConfig config) {
        for (final SnmpConfig.User user : config.users()) {
            usm.addUser(new UsmUser(
                    new OctetString(user.name()),
                    authentication(user.auth()),
                    new OctetString(user.authSecret().value()),
                    privacy(user.priv()),
                    new OctetString(user.privSecret().value())));
        }
    }

    static void communities(SnmpCommunityMIB table, SnmpConfig config, OctetString engineId) {
        for (final String community : config.communities()) {
            final OctetString name = new OctetString(community);
            table.getSnmpCommunityEntry()
                    .addRow(table.getSnmpCommunityEntry().createRow(name.toSubIndex(true), new Variable[] {
                        name,
                        name,
                        engineId,
                        NOTHING,
                        NOTHING,
                        new Integer32(StorageType.nonVolatile),
                        new Integer32(RowStatus.active)
                    }));
        }
    }

    private static void view(VacmMIB rights, OID subtree) {
        rights.addViewTreeFamily(READ, subtree, NOTHING, VacmMIB.vacmViewIncluded, StorageType.nonVolatile);
    }

    private static void access(VacmMIB rights, OctetString group, int model, int level) {
        rights.addAccess(
                group,
                NOTHING,
                model,
                level,
                MutableVACM.VACM_MATCH_EXACT,
                READ,
                NOTHING,
                READ,
                StorageType.nonVolatile);
    }

    private static OID authentication(String word) {
        return switch (word) {
            case "SHA-256" -> AuthHMAC192SHA256.ID;
            case "SHA-384" -> AuthHMAC256SHA384.ID;
            case "SHA-512" -> AuthHMAC384SHA512.ID;
            default -> throw new IllegalStateException("no way to prove oneself: " + word);
        };
    }

    private static OID privacy(String word) {
        return switch (word) {
            case "AES-128" -> PrivAES128.ID;
            case "AES-192" -> PrivAES192.ID;
            case "AES-256" -> PrivAES256.ID;
            default -> throw new IllegalStateException("no way to hide: " + word);
        };
    }
}
