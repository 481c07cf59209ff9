package org.tandemgw.gateway.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a stranger may still read in an exported frame. */
class RedactionTest {
    @Test
    void shouldHideNumbersAndKeepLengths() {
        assertEquals("CALL ########### agent 417", hidden("CALL 08912345678 agent 417"));
        assertEquals("####", hidden("1234"));
        assertEquals("123", hidden("123"));
        assertEquals("12,34 a12b34", hidden("12,34 a12b34"));
        assertEquals("\n", hidden("\n"));
        assertEquals("", hidden(""));
    }

    @Test
    void shouldHideNumbersThatAreWrittenInGroups() {
        assertEquals("+## (###) ###-##-##.", hidden("+49 (089) 123-45-67."));
        assertEquals("##  ##", hidden("12  34"));
        assertEquals("12   34", hidden("12   34"));
        assertEquals("#\0#\0#\0#\0", hidden("1\0002\0003\0004\0"));
        assertEquals("05:13:20", hidden("05:13:20"));
        assertEquals("####-##-##T05:13", hidden("2026-11-21T05:13"));
    }

    @Test
    void shouldHideWhatIsNamedASecret() {
        assertEquals(
                "Action: Login\r\nUsername: tandem\r\nSecret: ### ##\r\nEvents: on\r\n",
                hidden("Action: Login\r\nUsername: tandem\r\nSecret: geh im\r\nEvents: on\r\n"));
        assertEquals("KEY:####\nagentPassword: #", hidden("KEY:abcd\nagentPassword: x"));
        assertEquals("ReceivedHash: ####\nKeys: open", hidden("ReceivedHash: a:bc\nKeys: open"));
        assertEquals("Secret:", hidden("Secret:"));
        assertEquals(
                "variable_sip_auth_response: ####\nvariable_sip_auth_cnonce: ##\nResponse: Success",
                hidden("variable_sip_auth_response: 0a1b\nvariable_sip_auth_cnonce: xy\nResponse: Success"));
    }

    @Test
    void shouldHideVariablesThatAreNamedAsSecrets() {
        assertEquals(
                "Event: VarSet\r\nVariable: CARD_PIN\r\nValue: ##\r\nUniqueid: 1.1\r\n",
                hidden("Event: VarSet\r\nVariable: CARD_PIN\r\nValue: 99\r\nUniqueid: 1.1\r\n"));
        assertEquals("Variable: AGE\nValue: 99", hidden("Variable: AGE\nValue: 99"));
        assertEquals("ChanVariable: password=#####\r\n", hidden("ChanVariable: password=ab=c:\r\n"));
        assertEquals("Variable: a=b\nValue: c", hidden("Variable: a=b\nValue: c"));
    }

    @Test
    void shouldKeepNumbersWhereOnlySecretsAreHidden() {
        final byte[] bytes = "CallerIDNum: 030123456\r\nSecret: x\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "CallerIDNum: 030123456\r\nSecret: #\r\n",
                new String(Redaction.ofSecrets(bytes, bytes.length), StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldHideElementsThatAreNamedAsSecrets() {
        assertEquals(
                "<a><c:agentPassword x='1'>## #</c:agentPassword><b>12</b><password/><k>3</k>",
                hidden("<a><c:agentPassword x='1'>ab c</c:agentPassword><b>12</b><password/><k>3</k>"));
        assertEquals("<pin>##", hidden("<pin>12"));
        assertEquals("<pin", hidden("<pin"));
        assertEquals("<", hidden("<"));
    }

    @Test
    void shouldHideAllThatIsInAnElement() {
        assertEquals(
                "<password>" + "#".repeat(18) + "</password><b>c</b>",
                hidden("<password><![CDATA[sesame]]></password><b>c</b>"));
        assertEquals("<pin>" + "#".repeat(15) + "</pin>", hidden("<pin><![CDATA[</b]]></pin>"));
        assertEquals(
                "<aKey>####################</aKey ><b>c</b>", hidden("<aKey><x>1</x><keys>22</a></aKey ><b>c</b>"));
        assertEquals("<password x='1'/>\n<b>c</b>", hidden("<password x='1'/>\n<b>c</b>"));
        assertEquals("<b></password>\n<b>c</b>", hidden("<b></password>\n<b>c</b>"));
    }

    @Test
    void shouldHideAttributesThatAreNamedAsSecrets() {
        assertEquals(
                "<login user = 'jd'\n password = '######' />", hidden("<login user = 'jd'\n password = 'sesame' />"));
        assertEquals("<a b='>' c:pin =\n\"##\"><d>e</d>", hidden("<a b='>' c:pin =\n\"12\"><d>e</d>"));
        assertEquals("<a pin = '######", hidden("<a pin = 'b<c/>d"));
        assertEquals("<a b='c <pin>##</pin>", hidden("<a b='c <pin>12</pin>"));
        assertEquals("<login password=##########", hidden("<login password=\"sesame\"/>"));
    }

    @Test
    void shouldSayNothingOfNames() {
        assertEquals("Alice <sip:alice@example.org>", hidden("Alice <sip:alice@example.org>"));
    }

    private static String hidden(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new String(Redaction.of(bytes, bytes.length), StandardCharsets.ISO_8859_1);
    }
}
