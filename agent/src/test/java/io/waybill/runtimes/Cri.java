// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What kubelet says to a container runtime, as far as these tests need it. The numbers are those of
 * {@code runtime.v1.RuntimeService} in k8s.io/cri-api.
 */
final class Cri implements AutoCloseable {
    /** Values of {@code NamespaceMode}. */
    static final int POD = 0;

    static final int CONTAINER = 1;

    private static final int NODE = 2;

    private final Layout layout;
    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final ManagedChannel channel;

    Cri(Lab lab) throws IOException {
        layout = lab.layout();
        Path socket = lab.path("/run/containerd/containerd.sock");
        channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
                .eventLoopGroup(threads)
                .channelType(EpollDomainSocketChannel.class)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
    }

    /** A pod in the machine's network namespace, which asks for no network of its own. */
    Message pod(String name, String uid, int pidMode) {
        Message metadata = Message.empty().with(1, name).with(2, uid).with(3, "shop");
        Message security = Message.empty().with(1, namespaces(pidMode));
        Message linux = Message.empty()
                .with(1, layout.bySystemd() ? slice(uid) : "/kubepods/burstable/pod" + uid)
                .with(2, security);
        return Message.empty()
                .with(1, metadata)
                .with(3, "/var/log/pods/" + uid)
                .withEntry(6, "io.kubernetes.pod.name", name)
                .withEntry(6, "io.kubernetes.pod.namespace", "shop")
                .withEntry(6, "io.kubernetes.pod.uid", uid)
                .with(8, linux);
    }

    private static String slice(String uid) {
        return "kubepods-burstable-pod" + uid.replace('-', '_') + ".slice";
    }

    /** Starts a sandbox and gives back its id. */
    String runPodSandbox(Message pod) {
        return call("RunPodSandbox", Message.empty().with(1, pod)).text(1);
    }

    /** Starts a container in a sandbox and gives back its id. */
    String runContainer(String sandbox, Message pod, String name, int pidMode) {
        Message linux = Message.empty().with(2, Message.empty().with(3, namespaces(pidMode)));
        Message config = Message.empty()
                .with(1, Message.empty().with(1, name))
                .with(2, Message.empty().with(1, Lab.IMAGE))
                .withEntry(9, "io.kubernetes.container.name", name)
                .with(11, name + ".log")
                .with(15, linux);
        Message request = Message.empty().with(1, sandbox).with(2, config).with(3, pod);
        String id = call("CreateContainer", request).text(1);
        call("StartContainer", Message.empty().with(1, id));
        return id;
    }

    /** What {@code crictl inspect} prints under {@code info}. */
    JsonObject containerInfo(String id) throws IOException {
        return info(call("ContainerStatus", Message.empty().with(1, id).with(2, 1)));
    }

    /** What {@code crictl inspectp} prints under {@code info}. */
    JsonObject sandboxInfo(String id) throws IOException {
        return info(call("PodSandboxStatus", Message.empty().with(1, id).with(2, 1)));
    }

    private static JsonObject info(Message status) throws IOException {
        return JsonParser.parseString(status.all(2).get(0).text(2)).getAsJsonObject();
    }

    private static Message namespaces(int pidMode) {
        return Message.empty().with(1, NODE).with(2, pidMode);
    }

    private Message call(String method, Message request) {
        MethodDescriptor<Message, Message> descriptor = MethodDescriptor.<Message, Message>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("runtime.v1.RuntimeService/" + method)
                .setRequestMarshaller(new Marshaller())
                .setResponseMarshaller(new Marshaller())
                .build();
        return ClientCalls.blockingUnaryCall(channel, descriptor, CallOptions.DEFAULT, request);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        threads.shutdownGracefully();
    }

    private static final class Marshaller implements MethodDescriptor.Marshaller<Message> {
        @Override
        public InputStream stream(Message message) {
            return new ByteArrayInputStream(message.toBytes());
        }

        @Override
        public Message parse(InputStream stream) {
            try {
                return Message.parse(stream.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
