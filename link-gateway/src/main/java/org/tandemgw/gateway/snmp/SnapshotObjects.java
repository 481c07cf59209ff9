package org.tandemgw.gateway.snmp;

import java.util.Map;
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

/** A range of the tree that is served, read-only, from a map of its instances. The agent's threads that answer. */
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
        final Map.Entry<OID, Variable> first = first(range, oid -> true);
        return first == null ? null : first.getKey();
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
        final Map.Entry<OID, Variable> found = first(request.getScope(), visible);
        if (found == null) {
            return false;
        }
        request.getVariableBinding().setOid(found.getKey());
        request.getVariableBinding().setVariable(found.getValue());
        request.completed();
        return true;
    }

    private Map.Entry<OID, Variable> first(MOScope range, Function<OID, Boolean> visible) {
        final NavigableMap<OID, Variable> all = values.get();
        Map.Entry<OID, Variable> next = range.isLowerIncluded()
                ? all.ceilingEntry(range.getLowerBound())
                : all.higherEntry(range.getLowerBound());
        while (next != null && scope.covers(next.getKey()) && range.covers(next.getKey())) {
            if (visible.apply(next.getKey())) {
                return next;
            }
            next = all.higherEntry(next.getKey());
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
