package org.tandemgw.gateway;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What want of space does to the legs: a full disk is everybody's, so all ACDs pause and resume together. Thread {@code space}. */
final class SpaceLegs implements SpaceKeeper.Legs {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceLegs.class);

    private final List<AcdParts> acds;

    SpaceLegs(List<AcdParts> acds) {
        this.acds = acds;
    }

    @Override
    public void pauseForSpace(String why) {
        acds.forEach(each -> each.intake().pauseForSpace(why));
    }

    @Override
    public void resumeFromSpace() {
        LOG.warn("the legs resume: there is room again");
        acds.forEach(each -> each.intake().resumeFromSpace());
    }

    @Override
    public void endFile(String acd) {
        acds.stream().filter(each -> each.config().name().equals(acd)).forEach(each -> each.journal()
                .endFile());
    }

    @Override
    public void beginNewFile(String acd, String why) {
        acds.stream().filter(each -> each.config().name().equals(acd)).forEach(each -> {
            each.journal().endFile();
            each.intake().mark("file", why);
        });
    }
}
