package org.tandemgw.gateway.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * The whole configuration of one site: immutable, complete with defaults, relations already checked. Made by
 * {@link ConfigurationFile}; read by whoever composes the appliance, on any thread.
 *
 * @param file where it was read, absolute
 * @param fileDigest the SHA-256 of the bytes that were read
 * @param site the name of the site
 * @param data folder of journals, control file, decisions and audit, absolute
 * @param timeZone for schedules only; everything else is UTC
 * @param profiles folder of the site's own hardware profiles
 * @param acds 1 to 8
 * @param journal how the stream is stored
 * @param servers exactly two
 * @param observers may read any feed; have no cursor
 * @param network addresses for the diagnosis
 * @param switches the trunk switches
 * @param switchover when and how to switch
 * @param recovery which media are recovered
 * @param statistics how interval statistics are kept
 * @param callRecords where call records go, if wanted
 * @param snmp the SNMP agent, if wanted
 * @param metrics where Prometheus reads, if wanted
 * @param panel the web panel, if wanted
 * @param notifiers where else alarms go
 * @param logLevel how much is logged
 */
public record SiteConfiguration(
        Path file,
        String fileDigest,
        String site,
        Path data,
        ZoneId timeZone,
        Optional<Path> profiles,
        List<AcdConfig> acds,
        JournalConfig journal,
        List<ServerConfig> servers,
        List<Credentials> observers,
        NetworkConfig network,
        List<SwitchConfig> switches,
        SwitchoverConfig switchover,
        RecoveryConfig recovery,
        StatisticsConfig statistics,
        Optional<CallRecordsConfig> callRecords,
        Optional<SnmpConfig> snmp,
        Optional<HostPort> metrics,
        Optional<PanelConfig> panel,
        List<NotifyConfig> notifiers,
        LogLevel logLevel) {

    /** The name of the control socket in {@link #data}. */
    public static final String SOCKET_NAME = "tandem.sock";

    /** How much is logged. */
    public enum LogLevel {
        /** Faults only. */
        ERROR,
        /** Faults and what may become one. */
        WARN,
        /** What an operator wants to read later. */
        INFO,
        /** For whoever looks for a fault in Tandem. */
        DEBUG
    }

    /** Copies the lists. */
    public SiteConfiguration {
        acds = List.copyOf(acds);
        servers = List.copyOf(servers);
        observers = List.copyOf(observers);
        switches = List.copyOf(switches);
        notifiers = List.copyOf(notifiers);
    }

    /** @return where the command line speaks to the running appliance */
    public Path controlSocket() {
        return data.resolve(SOCKET_NAME);
    }
}
