package dev.fettle.bench.host;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The bytes that the Java threads of another JVM have allocated, read through its local management
 * connector. A reading itself allocates some ten kilobytes there, the same in every JVM.
 *
 * <p>JDK 21 and later count exactly; before, a thread that ends between two readings takes its
 * share with it. Confined to one thread.
 */
public final class Allocations implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ObjectName threads;
  private final boolean total;

  private Allocations(JMXConnector connector) throws IOException, JMException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
    this.threads = threadBean();
    this.total = hasTotal(server, threads);
  }

  /** Connects to the JVM {@code pid} of the same user. */
  @SuppressWarnings("BanJNDI") // The other end is a JVM that this benchmark started itself.
  public static Allocations in(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        return new Allocations(JMXConnectorFactory.connect(url));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException | JMException e) {
      throw BenchFailure.broken("cannot read the allocations of process " + pid + ": " + e);
    }
  }

  private static ObjectName threadBean() throws MalformedObjectNameException {
    return new ObjectName("java.lang:type=Threading");
  }

  private static boolean hasTotal(MBeanServerConnection server, ObjectName threads)
      throws IOException, JMException {
    try {
      server.getAttribute(threads, "TotalThreadAllocatedBytes");
      return true;
    } catch (AttributeNotFoundException beforeJdk21) {
      return false;
    }
  }

  /** What each thread has allocated so far; immutable. */
  public Reading read() {
    try {
      if (total) {
        return new Reading(
            Map.of(0L, (Long) server.getAttribute(threads, "TotalThreadAllocatedBytes")));
      }
      long[] ids = (long[]) server.getAttribute(threads, "AllThreadIds");
      long[] bytes =
          (long[])
              server.invoke(
                  threads,
                  "getThreadAllocatedBytes",
                  new Object[] {ids},
                  new String[] {long[].class.getName()});
      Map<Long, Long> byThread = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        byThread.put(ids[i], Math.max(0, bytes[i]));
      }
      return new Reading(byThread);
    } catch (IOException | JMException e) {
      throw BenchFailure.broken("the service stopped answering for its allocations: " + e);
    }
  }

  /** Bytes by thread id; the key 0 stands for all threads that ever ran. */
  public record Reading(Map<Long, Long> bytesByThread) {
    public Reading {
      bytesByThread = Map.copyOf(bytesByThread);
    }

    /** Bytes allocated since an earlier reading of the same JVM. */
    public long since(Reading earlier) {
      long sum = 0;
      for (Map.Entry<Long, Long> thread : bytesByThread.entrySet()) {
        sum += thread.getValue() - earlier.bytesByThread.getOrDefault(thread.getKey(), 0L);
      }
      return sum;
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException alreadyGone) {
      // The JVM that was read has ended, and the connection with it.
    }
  }
}
