package io.github.sseredis.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Lets a test publish and stream without Redis, and see what was pushed: put it on a test
 * class beside {@code @SpringBootTest}, {@code @WebMvcTest} or another slice. The context
 * then has a {@code LocalBroadcaster}, an {@code EmitterRegistry} where there is Spring
 * MVC, and {@link PushedEvents}, which begins anew with each test method.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureSseTest {

	/**
	 * The value of {@code sse.broadcaster} in the test; {@code redis} where the test
	 * brings one.
	 */
	String broadcaster() default "local";

}
