package org.tandemgw.gateway.snmp;

import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snmp4j.PDU;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/** A range of the tree that is served, read-only, from a map of its instances. The agent's thread that answers. */
final class SnapshotObjects implements GenericManagedObject {
    private final MOScope scope;
    private final Supplier<NavigableMap<OID, Variable>> values;

    /** From one identifier on, up to another one, which is not included. */
    SnapshotObjects(OID from, OID to, Supplier<NavigableMap<OID, Variable>> values) {
        this.scope = new DefaultMOScope(from, true, to, false);
        this.values = values;
    }

    @Override
    public MOScope getScope() {
        return scope;
    }

    @Override
    public OID find(MOScope range) {
        return first(range, oid -> true);
    }

    @Override
    public void get(SubRequest<?> request) {
        final Variable value = values.get().get(request.getVariableBinding().getOid());
        request.getVariableBinding().setVariable(value == null ? Null.noSuchInstance : value);
        request.completed();
    }

    @Override
    @Deprecated
    public boolean next(SubRequest<?> request) {
        return next(request, oid -> true);
    }

    @Override
    public boolean next(SubRequest<?> request, Function<OID, Boolean> visible) {
        final OID found = first(request.getScope(), visible);
        if (found == null) {
            return false;
        }
        request.getVariableBinding().setOid(found);
        request.getVariableBinding().setVariable(values.get().get(found));
        request.completed();
        return true;
    }

    private OID first(MOScope range, Function<OID, Boolean> visible) {
        final NavigableMap<OID, Variable> all = values.get();
        OID next =
                range.isLowerIncluded() ? all.ceilingKey(range.getLowerBound()) : all.higherKey(range.getLowerBound());
        while (next != null && scope.covers(next) && range.covers(next)) {
            if (visible.apply(next)) {
                return next;
            }
            next = all.higherKey(next);
        }
        return null;
    }

    @Override
    public void prepare(SubRequest<?> request) {
        request.setErrorStatus(PDU.notWritable);
    }

    @Override
    public void commit(SubRequest<?> request) {
        request.setErrorStatus(PDU.commitFailed);
    }

    @Override
    public void undo(SubRequest<?> request) {
        request.setErrorStatus(PDU.undoFailed);
    }

    @Override
    public void cleanup(SubRequest<?> request) {
        // Nothing was begun.
    }
}
