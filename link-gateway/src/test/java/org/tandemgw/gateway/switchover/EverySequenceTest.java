package org.tandemgw.gateway.switchover;

import static org.tandemgw.gateway.switchover.RigRules.EAST;
import static org.tandemgw.gateway.switchover.RigRules.WEST;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Sight;

/**
 * Every sequence of a small alphabet of facts, from a site that is well; the invariants are looked at after each step. The machine is
 * written down and read back between any two facts. Where two sequences lead to the same machine at the same time, with the same
 * past as far as the invariants know it, only one of them is followed.
 */
class EverySequenceTest {
    private static final List<Consumer<Rig>> ALPHABET = List.of(
            rig -> rig.look(EAST, Sight.REFUSED),
            rig -> rig.look(EAST, Sight.ANSWERED),
            rig -> rig.look(WEST, Sight.SILENT),
            rig -> {
                rig.network("gw1", Sight.ANSWERED);
                rig.look(WEST, Sight.ANSWERED);
            },
            rig -> rig.network("gw1", Sight.SILENT),
            rig -> rig.pass(1_000),
            rig -> rig.selectOver(SelectOutcome.OK),
            rig -> rig.selectOver(SelectOutcome.PARTIAL),
            rig -> {
                rig.stepOver(Step.DEMOTE, EAST, true);
                rig.stepOver(Step.PROMOTE, WEST, true);
            },
            rig -> rig.asked(new Wish.Switch(WEST, true, false)),
            rig -> rig.now(new Event.StoreFailed("disk full")),
            Rig::restart);

    private static final List<String> SITES = List.of(
            "fence=trunk-switch",
            "fence=trunk-switch demote=3s on-partial=retry-then-promote",
            "fence=demote demote=3s switches=none",
            "fence=none switches=none promote=0s",
            "fence=trunk-switch switches=one,two demote=3s on-partial=roll-back");

    /** Where the sequences begin: all is well; the verdict is near; the trunks are being moved. */
    private static final List<Consumer<Rig>> BEGINNINGS = List.of(
            rig -> {},
            rig -> {
                rig.look(EAST, Sight.REFUSED);
                rig.pass(1);
            },
            rig -> {
                rig.refuse(EAST);
                rig.stepOver(Step.DEMOTE, EAST, true);
            });

    @Test
    void shouldKeepTheInvariantsInEverySequenceOfThree() {
        SITES.forEach(site -> sequences(site, 3, 9));
        SITES.forEach(site -> sequences(site, 2, ALPHABET.size()));
    }

    @Test
    @Tag("slow")
    void shouldKeepTheInvariantsInEverySequenceOfSix() {
        SITES.forEach(site -> sequences(site, 6, 8));
    }

    @Test
    @Tag("slow")
    void shouldKeepTheInvariantsInEverySequenceOfFourOfEverything() {
        SITES.forEach(site -> sequences(site, 4, ALPHABET.size()));
    }

    private static void sequences(String site, int length, int letters) {
        final RigRules words = RigRules.site();
        for (final String word : (site + " failures=1 reconnect=0s gateways=gw1").split(" ")) {
            words.with(word);
        }
        final SwitchoverRules rules = words.rules();
        for (final Consumer<Rig> beginning : BEGINNINGS) {
            final Rig well = new Rig(rules, null, 1_000_000, false).well();
            beginning.accept(well);
            branch(rules, well, length, letters, new ArrayList<>(), new HashMap<>());
        }
    }

    /** Follows every sequence of so many facts from here, unless as many or more have been followed from a place like this. */
    private static void branch(
            SwitchoverRules rules, Rig at, int left, int letters, List<Integer> taken, Map<String, Integer> followed) {
        if (left == 0) {
            return;
        }
        final String state = digest(at.state());
        if (followed.getOrDefault(state, 0) >= left) {
            return;
        }
        followed.put(state, left);
        for (int i = 0; i < letters; i++) {
            final Rig rig = at.copy();
            taken.add(i);
            try {
                ALPHABET.get(i).accept(rig);
                branch(rules, rig, left - 1, letters, taken, followed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("facts " + taken + " of " + rules.fence() + ": " + e.getMessage(), e);
            }
            taken.remove(taken.size() - 1);
        }
    }

    private static String digest(String state) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(digest.digest(state.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
