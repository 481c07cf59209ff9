package org.tandemgw.gateway.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;
import org.tandemgw.gateway.status.DiskState;
import org.tandemgw.gateway.status.Health;
import org.tandemgw.gateway.status.LegState;
import org.tandemgw.gateway.status.ServerRole;
import org.tandemgw.gateway.status.SiteState;

/** The MIB module by itself: strict tools find nothing wrong with it, and its words are ours. */
class ModuleTest {
    private static final Pattern WORD = Pattern.compile("(\\w+)\\((\\d+)\\)");

    @TempDir
    Path folder;

    @Test
    void shouldFindNothingWrongAtTheStrictestLevel() throws Exception {
        NetSnmp.need("smilint", "--version");
        assertEquals(List.of(), lint(MibText.shipped()));
        assertEquals(List.of(), lint(MibText.below("1.3.6.1.4.1.99999")));
        assertEquals(List.of(), lint(MibText.below("1.3.6.1.4.1.99999.1.2.3.4")));
    }

    @Test
    void shouldHearOfAnErrorThatIsThere() throws Exception {
        NetSnmp.need("smilint", "--version");
        final List<String> said =
                lint(MibText.shipped().replaceFirst("SYNTAX      TandemModeType", "SYNTAX      TandemMood"));
        assertTrue(said.toString().contains("TandemMood"), said.toString());
    }

    @Test
    void shouldHangWhereTheFileSays() throws Exception {
        NetSnmp.need("snmptranslate", "-V");
        for (final String arc : List.of("1.3.6.1.4.1.8072.9999.9999", "1.3.6.1.4.1.99999", "1.3.6.1.4.1.99999.1.2")) {
            final Path module = Files.writeString(folder.resolve("TANDEM-MIB.txt"), MibText.below(arc));
            assertEquals(
                    List.of("." + arc + ".1.5.9.1.6"),
                    new NetSnmp(folder)
                            .run(
                                    "snmptranslate",
                                    "-M",
                                    NetSnmp.IMPORTS + ":" + folder,
                                    "-m",
                                    module.toString(),
                                    "-IR",
                                    "-On",
                                    "tandemAlarmText"));
        }
    }

    @Test
    void shouldHaveTheWordsAndNumbersThatTheGatewayHas() throws IOException {
        assertEquals(
                Arrays.stream(AlarmName.values())
                        .collect(Collectors.toMap(AlarmName::toString, name -> String.valueOf(name.code()))),
                words("TandemAlarmNameType"));
        same(Severity.values(), "TandemSeverityType");
        same(SiteState.values(), "TandemSiteStateType");
        same(LegState.values(), "TandemLegStateType");
        same(ServerRole.values(), "TandemServerRoleType");
        same(Health.values(), "TandemHealthType");
        same(DiskState.values(), "TandemDiskStateType");
    }

    private static void same(Enum<?>[] ours, String type) throws IOException {
        assertEquals(
                Stream.of(ours)
                        .collect(Collectors.toMap(
                                each -> camel(each.toString()), each -> String.valueOf(each.ordinal() + 1))),
                words(type));
    }

    private static String camel(String word) {
        final int hyphen = word.indexOf('-');
        return hyphen < 0
                ? word
                : word.substring(0, hyphen)
                        + word.substring(hyphen + 1, hyphen + 2).toUpperCase(Locale.ROOT)
                        + word.substring(hyphen + 2);
    }

    private static Map<String, String> words(String type) throws IOException {
        final Matcher definition = Pattern.compile(type + " ::= TEXTUAL-CONVENTION.*?INTEGER \\{(.*?)}", Pattern.DOTALL)
                .matcher(MibText.shipped());
        assertTrue(definition.find(), type);
        return WORD.matcher(definition.group(1))
                .results()
                .collect(Collectors.toMap(word -> word.group(1), word -> word.group(2)));
    }

    private List<String> lint(String module) throws Exception {
        final Path file = Files.writeString(folder.resolve("TANDEM-MIB.txt"), module);
        final Path configuration = Files.writeString(folder.resolve("smi.conf"), "path " + NetSnmp.IMPORTS + "\n");
        return new NetSnmp(folder)
                .run("smilint", "-c", configuration.toString(), "-l", "6", "-s", "-m", file.toString());
    }
}
