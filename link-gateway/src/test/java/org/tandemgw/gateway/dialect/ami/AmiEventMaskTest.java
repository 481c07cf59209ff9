package org.tandemgw.gateway.dialect.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which events a client gets that asks for classes: as in Asterisk, all classes of the event have to be wanted. */
class AmiEventMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on | call,all | true",
                "'' | call,all | true",
                "off | call,all | false",
                "off | - | false",
                "call | call,all | true",
                "call | agent,all | false",
                "call | call,reporting,all | false",
                "call,reporting | call,reporting,all | true",
                "' Call , AGENT ' | agent,all | true",
                "call | ' call, all' | true",
                "call | calls,all | false",
                "call | all | true",
                "call | - | true",
                "call | '' | true",
                "all,call | agent,all | true"
            })
    void shouldWant(String wanted, String privilege, boolean is) {
        final byte[] event = ("Event: X\r\n" + (privilege.equals("-") ? "" : "Privilege: " + privilege + "\r\n")
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(is, AmiEventMask.of(wanted).wants(event, 0, event.length));
    }
}
