package org.tandemgw.gateway.cli;

import java.nio.file.Path;
import java.util.logging.Level;
import org.tandemgw.gateway.journal.JournalFaultException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tandem journal",
        description = {
            "Reads the journals from their files: on a stopped site too. Needs the right to read them.",
            "backup and restore: docs/backup.md."
        },
        footer = {
            "",
            "Examples:",
            "  tandem journal ls",
            "  tandem journal cat acd1 --from 800 --to 820",
            "  tandem journal cat acd1 --json --follow",
            "  tandem journal export acd1 --from 2026-11-21T05:13Z --to 2026-11-21T05:19Z --interval 30m",
            "  tandem journal backup --to /mnt/backup/tandem --incremental",
            "  tandem journal backups /mnt/backup/tandem",
            "  tandem journal restore acd1 --from /mnt/backup/tandem --reason \"disk replaced\"",
            "  tandem journal verify"
        })
final class JournalVerb extends Verb {
    /** How records are shown. */
    static final class Form {
        @Option(names = "--json", description = "One JSON object a line.")
        boolean json;

        @Option(names = "--raw", description = "The bytes of the frames alone, exactly as they came.")
        boolean raw;
    }

    JournalVerb(Console console) {
        super(console);
    }

    @Command(
            name = "ls",
            description = "One line for each ACD and generation: what is kept, from when, how large on disk.")
    int ls(@Option(names = "--json", description = "A JSON array, for programs.") boolean json) {
        Logging.configure(Level.SEVERE, debug());
        final Path config = configFile(null);
        try {
            return new JournalList(console, config).print(json);
        } catch (JournalFaultException e) {
            throw Refusal.no(e.getMessage(), null);
        }
    }

    @Command(
            name = "cat",
            sortOptions = false,
            description = {
                "Prints records, exactly. Without --from from the oldest, without --to to the last.",
                "Exit status 1 if some of what was asked for is not there."
            })
    int cat(
            @Parameters(paramLabel = "ACD", description = "Its name.") String acd,
            @Option(names = "--from", paramLabel = "N", description = "The first sequence.") Long from,
            @Option(names = "--to", paramLabel = "M", description = "The last sequence.") Long to,
            @Option(names = "--generation", paramLabel = "G", description = "Another than the newest.")
                    Integer generation,
            @Option(names = "--follow", description = "Wait for more, until --to or Ctrl-C.") boolean follow,
            @Mixin PassedBytes passed,
            @ArgGroup Form form) {
        Logging.configure(Level.SEVERE, debug());
        Names.requireAcd(acd);
        if (from != null && from < 1 || from != null && to != null && to < from) {
            throw Refusal.usage("sequences begin at 1, and --to is not below --from", null);
        }
        passed.check();
        final Path data = JournalFolders.of(configFile(null));
        final Form chosen = form == null ? new Form() : form;
        try {
            return new JournalCat(console, chosen, passed).print(data, acd, generation, from, to, follow);
        } catch (JournalFaultException e) {
            throw Refusal.no(e.getMessage(), null);
        }
    }

    @Command(
            name = "export",
            sortOptions = false,
            description = {
                "Prints a range of records for people and other programs, by sequence or by time.",
                "Numbers in frames are hidden unless --exact is given; names are not. Says on standard error what it found.",
                "Times are UTC or carry an offset; intervals are counted in UTC.",
                "Exit status 1 if some of what was asked for is not there."
            },
            footer = {
                "",
                "Examples:",
                "  tandem journal export acd1 --from 800 --to 820",
                "  tandem journal export acd1 --from 2026-11-21T05:13Z --to 2026-11-21T05:19Z --interval 30m \\",
                "      --json -o outage.jsonl           5:00 to 5:29:59.999999999",
                "  tandem journal export acd1 --raw --exact -o acd1.bin",
                "  tandem journal export acd3 --raw --exact --leg 1 --direction to-acd -o said-by-cms.bin"
            })
    int export(@Mixin ExportCommand command) {
        Logging.configure(Level.SEVERE, debug());
        final Path data = JournalFolders.of(configFile(null));
        try {
            return command.run(console, data);
        } catch (JournalFaultException e) {
            throw Refusal.no(e.getMessage(), null);
        }
    }

    @Command(
            name = "backup",
            sortOptions = false,
            description = {
                "Makes one file per ACD, while the site runs or while it is stopped. docs/backup.md says what to do every night.",
                "Exit status 1 if records are in no backup, could not be read, or a journal could not be backed up."
            },
            footer = {
                "",
                "Examples:",
                "  tandem journal backup --to /mnt/backup/tandem",
                "  tandem journal backup --to /mnt/backup/tandem --incremental",
                "  tandem journal backup acd1 acd2 --to /media/tape7 --volume tape7"
            })
    int backup(@Mixin BackupCommand command) {
        Logging.configure(Level.SEVERE, debug());
        return command.run(console, () -> configFile(null));
    }

    @Command(
            name = "backups",
            description = {
                "Reads and checks all backups in a folder, and says what could be restored. Needs no configuration.",
                "Exit status 1 if something is damaged or missing."
            },
            footer = {"", "Example:", "  tandem journal backups /mnt/backup/tandem"})
    int backups(@Mixin BackupsCommand command) {
        Logging.configure(Level.SEVERE, debug());
        return command.run(console);
    }

    @Command(
            name = "restore",
            sortOptions = false,
            description = {
                "Makes a new generation of a journal out of backups. Only while the site is stopped; what is there stays.",
                "Shows its plan and asks. Records keep their sequences and bytes; servers have to name the new session."
            },
            footer = {
                "",
                "Examples:",
                "  tandem journal restore acd1 --from /mnt/backup/tandem --reason \"disk replaced\"",
                "  tandem journal restore --from /mnt/backup/tandem --yes          all ACDs",
                "  tandem journal restore acd1 --from /mnt/backup/tandem --start 2026-11-20T00:00Z \\",
                "      --stop 2026-11-21T05:13Z"
            })
    int restore(@Mixin RestoreCommand command) {
        Logging.configure(Level.SEVERE, debug());
        return command.run(console, () -> configFile(null));
    }

    @Command(
            name = "verify",
            sortOptions = false,
            description = {
                "Checks every record, every sequence, the digests, and every byte of finished files. Changes nothing;",
                "works on a running site as well. Exit status 1 if anything is damaged or",
                "missing, or nothing can say whether it is: no journal of a configured ACD, no control file."
            })
    int verify(
            @Parameters(paramLabel = "ACD", arity = "0..1", description = "Its name; without it all of them.")
                    String acd,
            @Option(names = "--generation", paramLabel = "G", description = "Only this one; otherwise all.")
                    Integer generation,
            @Option(names = "--json", description = "One JSON object, for programs.") boolean json) {
        Logging.configure(Level.SEVERE, debug());
        if (acd != null) {
            Names.requireAcd(acd);
        }
        return new JournalVerify(console, configFile(null)).print(acd, generation, json);
    }
}
