package io.github.sseredis.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.PropertyAccessor;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.data.redis.connection.RedisConfiguration.ClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.DomainSocketConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration.SentinelConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;

/**
 * Where a connection factory connects to, for the log: never with credentials. Read by
 * property names, which the factories of Lettuce and Jedis share, since the classes of
 * either driver may be absent.
 */
final class RedisAddress {

	private RedisAddress() {
	}

	/** Returns the address, or what the factory is if it does not tell one. */
	static String of(RedisConnectionFactory connectionFactory) {
		try {
			String address = read(connectionFactory);
			return address != null ? address : connectionFactory.getClass().getName();
		}
		catch (BeansException ex) {
			return connectionFactory.getClass().getName();
		}
	}

	private static @Nullable String read(RedisConnectionFactory connectionFactory) {
		BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(connectionFactory);
		if (value(properties, "clusterConfiguration") instanceof ClusterConfiguration cluster) {
			return "cluster " + join(cluster.getClusterNodes());
		}
		if (value(properties, "sentinelConfiguration") instanceof SentinelConfiguration sentinel) {
			String master = (sentinel.getMaster() != null) ? String.valueOf(sentinel.getMaster().getName()) : "?";
			return "master " + master + " of sentinels " + join(sentinel.getSentinels());
		}
		if (value(properties, "socketConfiguration") instanceof DomainSocketConfiguration socket) {
			return socket.getSocket();
		}
		// The one kind of which the factory has a field only.
		if (value(new DirectFieldAccessor(connectionFactory),
				"configuration") instanceof RedisStaticMasterReplicaConfiguration masterReplica) {
			return "master and replicas " + join(masterReplica.getNodes().stream().map(RedisAddress::of).toList());
		}
		Object host = value(properties, "hostName");
		return (host != null) ? host + ":" + value(properties, "port") : null;
	}

	private static String of(RedisStandaloneConfiguration node) {
		return node.getHostName() + ":" + node.getPort();
	}

	private static @Nullable Object value(PropertyAccessor accessor, String name) {
		return accessor.isReadableProperty(name) ? accessor.getPropertyValue(name) : null;
	}

	private static String join(Collection<?> nodes) {
		return List.copyOf(nodes).stream().map(Object::toString).sorted().collect(Collectors.joining(","));
	}

}
