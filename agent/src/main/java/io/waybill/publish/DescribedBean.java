// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.publish;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.NotificationEmitter;
import javax.management.StandardEmitterMBean;
import org.jspecify.annotations.Nullable;

/** An MXBean whose descriptions and parameter names stand at its interface, in {@link Described}. */
final class DescribedBean<T> extends StandardEmitterMBean {
    /** What beans of a class say of themselves, which is the same for each; there is one bean for each container. */
    private static final Map<Class<?>, MBeanInfo> INFOS = new ConcurrentHashMap<>();

    private final Class<T> type;

    DescribedBean(T bean, Class<T> type) {
        this(bean, type, Silence.KEPT);
    }

    /** One that sends notifications. */
    DescribedBean(T bean, Class<T> type, NotificationEmitter notifications) {
        super(bean, type, true, notifications);
        this.type = type;
    }

    @Override
    protected @Nullable MBeanInfo getCachedMBeanInfo() {
        return INFOS.get(type);
    }

    @Override
    protected void cacheMBeanInfo(@Nullable MBeanInfo info) {
        if (info != null) {
            INFOS.put(type, info);
        }
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        Described described = type.getAnnotation(Described.class);
        return described == null ? super.getDescription(info) : described.value();
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        String getter = (info.isIs() ? "is" : "get") + info.getName();
        return text(getter, 0).orElseGet(() -> super.getDescription(info));
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return text(info.getName(), info.getSignature().length)
                .orElseGet(() -> super.getDescription((MBeanFeatureInfo) info));
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        if ("void".equals(info.getReturnType())) {
            return MBeanOperationInfo.ACTION;
        }
        boolean changes = described(info.getName(), info.getSignature().length)
                .filter(Described::changes)
                .isPresent();
        return changes ? MBeanOperationInfo.ACTION_INFO : MBeanOperationInfo.INFO;
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo info, int index) {
        return parameter(operation, index).map(Described::name).orElseGet(info::getName);
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo info, int index) {
        return parameter(operation, index).map(Described::value).orElseGet(info::getDescription);
    }

    private Optional<String> text(String method, int parameters) {
        return described(method, parameters).map(Described::value);
    }

    private Optional<Described> described(String method, int parameters) {
        return method(method, parameters)
                .map(found -> found.getAnnotation(Described.class))
                .filter(Objects::nonNull);
    }

    private Optional<Described> parameter(MBeanOperationInfo operation, int index) {
        return method(operation.getName(), operation.getSignature().length)
                .map(found -> found.getParameters()[index].getAnnotation(Described.class))
                .filter(Objects::nonNull);
    }

    private Optional<Method> method(String name, int parameters) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameters)
                .findFirst();
    }
}
