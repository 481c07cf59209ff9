package org.tandemgw.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandemgw.gateway.feed.SoupLogin.Answer;
import org.tandemgw.gateway.feed.SoupLogin.JournalFacts;

/** Every rule of a login's session and sequence, as a table. Row G5 of the guarantees: exactly what was missed, or exactly what was lost. */
class SoupLoginTest {
    /** acd1 is in its first generation and keeps 10 to 20, acd2 in its third and is empty. */
    private static final List<JournalFacts> JOURNALS = List.of(
            new JournalFacts("acd1", "acd1", 10, 20, null, ServerFeed.FED),
            new JournalFacts("acd2", "acd2.3", 1, 0, null, ServerFeed.FED));

    @ParameterizedTest(name = "session \"{0}\" at {1}, on-lost continue {2}: {3}")
    @CsvSource(
            value = {
                // session, asked, continue, answer, fact
                "''     |   0 | false | acd 0 at 21 | NONE",
                "''     |   1 | false | acd 0 at 10 | NONE",
                "''     |   2 | false | S           | LOST 2-9",
                "''     |   9 | false | S           | LOST 9-9",
                "''     |   9 | true  | acd 0 at 10 | LOST 9-9",
                "''     |   2 | true  | acd 0 at 10 | LOST 2-9",
                "''     |  10 | false | acd 0 at 10 | NONE",
                "''     |  15 | false | acd 0 at 15 | NONE",
                "''     |  20 | false | acd 0 at 20 | NONE",
                "''     |  21 | false | acd 0 at 21 | NONE",
                "''     |  22 | false | S           | AHEAD",
                "''     |  22 | true  | S           | AHEAD",
                "''     |  -1 | false | S           | NONE",
                "acd1   |  15 | false | acd 0 at 15 | NONE",
                "acd1.2 |   0 | false | S           | AHEAD",
                "acd1.x |   0 | false | S           | NONE",
                "acd2.3 |   0 | false | acd 1 at 1  | NONE",
                "acd2.3 |   1 | false | acd 1 at 1  | NONE",
                "acd2.3 |   2 | false | S           | AHEAD",
                "acd2   |   1 | false | S           | AHEAD",
                "acd2.2 |   1 | false | S           | AHEAD",
                "acd2.33|   1 | false | S           | AHEAD",
                "acd3   |   1 | false | S           | NONE",
                "ACD1   |   1 | false | S           | NONE",
                "R7     |   1 | false | S           | NONE",
            },
            delimiter = '|')
    void shouldAnswerByTheTable(String session, long asked, boolean continueOnLost, String answer, String fact) {
        final Answer got = SoupLogin.decide(request(session, asked), JOURNALS, continueOnLost);
        assertEquals(answer, got.accepted() ? "acd " + got.index() + " at " + got.start() : "" + got.code());
        assertEquals(fact, got.fact() + (got.to() > 0 ? " " + got.from() + "-" + got.to() : ""));
        assertEquals(got.accepted() && got.to() == 0, got.text().isEmpty(), "a refusal and a loss say why");
    }

    @ParameterizedTest(name = "session \"{0}\" at {1} after a refusal as ahead at {2}: {3}")
    @CsvSource(
            value = {
                // session, asked, had when refused, answer
                "''     |   0 |  5 | acd 0 at 21",
                "''     |   1 |  5 | acd 0 at 1",
                "''     |   2 |  5 | S",
                "''     |   6 |  5 | S",
                "''     |  20 |  5 | S",
                "''     |  21 |  5 | S",
                "''     |  22 |  5 | S",
                "acd1   |   1 |  5 | acd 0 at 1",
                "acd1   |   6 |  5 | acd 0 at 6",
                "acd1   |   7 |  5 | S",
                "acd1   |  21 |  5 | S",
                "acd1   |   2 |  0 | S",
            },
            delimiter = '|')
    void shouldNotTakeGrowthForTheServersHistory(String session, long asked, long had, String answer) {
        final AheadClaim claim = new AheadClaim(had, false, "why");
        final List<JournalFacts> grown = List.of(new JournalFacts("acd1", "acd1", 1, 20, claim, ServerFeed.FED));
        final Answer got = SoupLogin.decide(request(session, asked), grown, true);
        assertEquals(answer, got.accepted() ? "acd " + got.index() + " at " + got.start() : "" + got.code());
        assertEquals(got.accepted(), got.text().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                // session, asked, in common with a restored one, answer
                "''     |   0 |  0 | acd 0 at 21",
                "''     |   1 |  0 | acd 0 at 1",
                "''     |   2 |  0 | S",
                "''     |  21 |  0 | S",
                "acd1   |   2 |  0 | S",
                "acd1   |   1 |  5 | acd 0 at 1",
                "acd1   |   6 |  5 | acd 0 at 6",
                "acd1   |   7 |  5 | S",
                "''     |   6 |  5 | S",
            },
            delimiter = '|')
    void shouldBelieveNobodyToHaveWhatItWasNeverFed(String session, long asked, long shared, String answer) {
        final List<JournalFacts> strange = List.of(new JournalFacts("acd1", "acd1", 1, 20, null, shared));
        final Answer got = SoupLogin.decide(request(session, asked), strange, true);
        assertEquals(answer, got.accepted() ? "acd " + got.index() + " at " + got.start() : "" + got.code());
        assertEquals(got.accepted() ? SoupLogin.Fact.NONE : SoupLogin.Fact.AHEAD, got.fact());
    }

    @Test
    void shouldNameTheOldestInTheDebugText() {
        assertEquals(
                "sequences 2 to 9 of acd1 are no longer kept; the oldest is 10",
                SoupLogin.decide(request("", 2), JOURNALS, false).text());
    }

    @Test
    void shouldReadFieldsPaddedOnEitherSide() {
        final LoginRequest left = parse("east  secret          acd1                  17");
        final LoginRequest right = parse("east  secret    acd1      17                  ");
        assertEquals("acd1", left.session());
        assertEquals(17, left.sequence());
        assertEquals("acd1", right.session());
        assertEquals(17, right.sequence());
    }

    @Test
    void shouldRefuseFewerThan46BytesAndIgnoreWhatComesAfter() {
        final String login = "east  secret          acd1                  17";
        assertNull(parse(login.substring(1)));
        assertEquals(17, parse(login + "12345").sequence());
    }

    @ParameterizedTest
    @CsvSource({"'',-1", "1x,-1", "-5,-1", "+5,-1", "007,7", "99999999999999999999,9223372036854775807"})
    void shouldTakeOnlyDigitsForASequence(String text, long expected) {
        final String padded = " ".repeat(20 - text.length()) + text;
        assertEquals(expected, parse("east  secret    acd1      " + padded).sequence());
    }

    private static LoginRequest parse(String text) {
        final byte[] bytes = SoupPackets.ascii("??" + text);
        return LoginRequest.parse(bytes, 2, bytes.length - 2);
    }

    private static LoginRequest request(String session, long sequence) {
        return new LoginRequest(new byte[6], new byte[10], session, sequence);
    }
}
