package org.tandemgw.gateway.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.HostPort;
import org.tandemgw.profiles.yaml.Problems;
import org.tandemgw.profiles.yaml.Reading;
import org.tandemgw.profiles.yaml.Section;

/**
 * Reads the configuration file: every problem at once, or a complete {@link SiteConfiguration}. Called by {@code run},
 * {@code check} and whatever else needs the site, on any thread; touches files, never the network.
 */
public final class ConfigurationFile {

    private static final Pattern SITE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Duration LONGEST_RETENTION = Duration.ofDays(3_650);
    private static final long MEBIBYTE = 1L << 20;

    private final Path file;
    private final Path folder;
    private final Section root;
    private final Problems problems;
    private final Listeners listeners = new Listeners();
    private final SecretFiles secrets;
    private final Actions actions;

    private ConfigurationFile(Path file, Section root, Problems problems) {
        this.file = file.toAbsolutePath().normalize();
        this.folder = this.file.getParent();
        this.root = root;
        this.problems = problems;
        this.secrets = new SecretFiles(folder);
        this.actions = new Actions(folder);
    }

    /**
     * What a reading gave.
     *
     * @param configuration the configuration; empty exactly when there are errors
     * @param problems errors and warnings
     * @param profiles the hardware profiles, shipped and of the site
     * @param askedKeys every key path that the code knows, places in lists written {@code []}, free names {@code *}
     */
    public record Result(
            Optional<SiteConfiguration> configuration,
            Problems problems,
            HwProfiles profiles,
            SortedSet<String> askedKeys) {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @return the configuration, or why there is none
     */
    public static Result read(Path file) {
        Problems problems = new Problems();
        Reading reading = Reading.of(file, problems);
        return new ConfigurationFile(file, reading.root(), problems).read(reading);
    }

    private Result read(Reading reading) {
        if (!root.present()) {
            HwProfiles shipped = HwProfiles.load(Optional.empty(), problems);
            return new Result(Optional.empty(), problems, shipped, reading.asked());
        }
        Optional<Path> profilesFolder = profilesFolder();
        HwProfiles profiles = HwProfiles.load(profilesFolder, problems);
        String site = root.text("site", "tandem", SITE, "letters, digits, '-', '_', '.', at most 64");
        JournalConfig journal = journal(root.section("journal"));
        Path data = new DataFolder(root, folder).read(journal.minFreeBytes());
        ZoneId zone = root.value(
                "time-zone", ZoneId.of("UTC"), ConfigurationFile::zone, "write a name such as Europe/Berlin");
        List<AcdConfig> acds = new AcdReader(profiles, secrets, listeners).read(root);
        Set<String> acdNames = declaredNames("acds");
        FeedReader feeds = new FeedReader(acds, acdNames, secrets, listeners);
        List<ServerConfig> servers = new ServerReader(profiles, secrets, feeds, actions, acdNames).read(root);
        Set<String> serverNames = declaredNames("servers");
        List<Credentials> observers = observers(feeds, servers);
        OperationsReader operations = new OperationsReader(secrets, listeners, actions, serverNames);
        NetworkConfig network = operations.network(root.section("network"));
        List<SwitchConfig> switches = new SwitchReader(profiles, secrets, serverNames).read(root);
        SwitchoverConfig switchover = new SwitchoverReader(servers, serverNames, root.has("switches"), actions)
                .read(root.section("switchover"));
        RecoveryConfig recovery = operations.recovery(root.section("recovery"));
        StatisticsConfig statistics = BooksReader.statistics(root.section("statistics"));
        Optional<CallRecordsConfig> callRecords = BooksReader.callRecords(root.section("call-records"), folder, data);
        Optional<SnmpConfig> snmp = operations.snmp(root.section("snmp"));
        Optional<HostPort> metrics = operations.metrics(root.section("metrics"));
        Optional<PanelConfig> panel = operations.panel(root.section("panel"));
        List<NotifyConfig> notify = operations.notify(root);
        SiteConfiguration.LogLevel level =
                root.section("log").word("level", SiteConfiguration.LogLevel.class, SiteConfiguration.LogLevel.INFO);
        NotYetActedOn.warn(root);
        UncountedCalls.warn(root, acds);
        reading.finish();
        Optional<SiteConfiguration> configuration = problems.isGood()
                ? Optional.of(new SiteConfiguration(
                        file,
                        reading.digest(),
                        site,
                        data,
                        zone,
                        profilesFolder,
                        acds,
                        journal,
                        servers,
                        observers,
                        network,
                        switches,
                        switchover,
                        recovery,
                        statistics,
                        callRecords,
                        snmp,
                        metrics,
                        panel,
                        notify,
                        level))
                : Optional.empty();
        return new Result(configuration, problems, profiles, reading.asked());
    }

    /** The names that the file gives, also those of elements that are refused, so that one mistake is reported once. */
    private Set<String> declaredNames(String key) {
        Set<String> names = new LinkedHashSet<>();
        root.sections(key)
                .forEach(section -> Optional.ofNullable(section.peek("name")).ifPresent(names::add));
        return names;
    }

    private Optional<Path> profilesFolder() {
        Path profiles = root.value("profiles", null, folder::resolve, "write the path of a folder");
        if (profiles != null && !Files.isDirectory(profiles)) {
            root.reject("profiles", "is not a folder", "create it with folders acd, switch and server in it");
            return Optional.empty();
        }
        return Optional.ofNullable(profiles).map(Path::normalize);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a known time zone", e);
        }
    }

    private static JournalConfig journal(Section section) {
        return new JournalConfig(
                section.word("sync", JournalConfig.Sync.class, JournalConfig.Sync.GROUP),
                section.duration("retention", Duration.ofDays(14), Duration.ofSeconds(1), LONGEST_RETENTION),
                section.sizeBytes("min-free", 2_048 * MEBIBYTE, MEBIBYTE, 1L << 50));
    }

    private List<Credentials> observers(FeedReader feeds, List<ServerConfig> servers) {
        List<Credentials> observers = new ArrayList<>();
        Set<String> users = new LinkedHashSet<>();
        for (ServerConfig server : servers) {
            for (FeedConfig feed : server.feeds()) {
                if (feed instanceof FeedConfig.SoupBinTcp soup) {
                    users.add(soup.credentials().user());
                }
            }
        }
        for (Section section : root.sections("observers")) {
            Credentials observer = feeds.soupBinTcpCredentials(section.require("user", "secret-file"));
            if (observer == null) {
                continue;
            }
            if (!users.add(observer.user())) {
                section.reject("user", "is the user of a server or of another observer", "choose another");
            }
            observers.add(observer);
        }
        return observers;
    }
}
