// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.observe.program;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server on Netty's epoll transport. Arguments: those of {@link LibraryServer}. */
public final class NettyPeersProgram {
    private NettyPeersProgram() {}

    public static void main(String[] arguments) throws Exception {
        LibraryServer.serve(arguments, path -> {
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            new ServerBootstrap()
                    .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                    .channel(EpollServerDomainSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            accepted.add(channel);
                        }
                    })
                    .bind(new DomainSocketAddress(path.toFile()))
                    .sync();
            return accepted::take;
        });
    }
}
