package dev.fettle.agent.send;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts over one HTTP/1.1 connection that it keeps. Written on sockets because the JDK's clients
 * use the host's global settings: proxies, authenticators, pools, loggers. Confined to a thread.
 */
final class HttpPost implements Closeable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int LINE = 8_192;
  private static final int ANSWER = 20 << 20;

  /** A status and, with 200, a body. */
  record Answer(int status, byte[] body, int retryAfterSeconds) {}

  private record Connected(Socket socket, InputStream in, OutputStream out) {}

  private final URI server;
  private final @Nullable String key;
  private final String instance;
  private @Nullable Connected connected;
  private @Nullable SSLSocketFactory tls;

  HttpPost(URI server, @Nullable String key, String instance) {
    this.server = server;
    this.key = key;
    this.instance = instance;
  }

  /** One try on the kept connection, another on a new one if the server had closed it. */
  Answer post(String path, byte[] body, int timeoutMillis) throws IOException {
    boolean kept = connected != null;
    try {
      return exchange(path, body, timeoutMillis);
    } catch (IOException e) {
      close();
      if (!kept) {
        throw e;
      }
    }
    try {
      return exchange(path, body, timeoutMillis);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Answer exchange(String path, byte[] body, int timeoutMillis) throws IOException {
    Connected to = connected == null ? connect() : connected;
    connected = to;
    to.socket.setSoTimeout(timeoutMillis);
    to.out.write(head(path, body.length));
    to.out.write(body);
    to.out.flush();
    return answer(to.in);
  }

  private Connected connect() throws IOException {
    boolean secure = "https".equals(server.getScheme());
    int port = server.getPort() > 0 ? server.getPort() : secure ? 443 : 80;
    Socket plain = new Socket(java.net.Proxy.NO_PROXY);
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(server.getHost(), port), CONNECT_MILLIS);
      plain.setSoTimeout(CONNECT_MILLIS);
      Socket socket = secure ? secured(plain, port) : plain;
      return new Connected(
          socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, int port) throws IOException {
    if (tls == null) {
      tls = ownTls();
    }
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, server.getHost(), port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** The default context is the host's to set up; asking for it would fix it. */
  private static SSLSocketFactory ownTls() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM has no TLS for the agent", e);
    }
  }

  private byte[] head(String path, int length) {
    String base = server.getRawPath() == null ? "" : server.getRawPath().replaceAll("/+$", "");
    String host =
        server.getPort() > 0 ? server.getHost() + ":" + server.getPort() : server.getHost();
    return ("POST "
            + base
            + path
            + " HTTP/1.1\r\n"
            + "Host: "
            + host
            + "\r\n"
            + "Content-Type: application/octet-stream\r\n"
            + "Content-Length: "
            + length
            + "\r\n"
            + (key == null ? "" : "Authorization: Bearer " + key + "\r\n")
            + "X-Fettle-Instance: "
            + percent(instance)
            + "\r\n"
            + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A header holds Latin letters only, and services are named in any script. */
  private static String percent(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Answer answer(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
      throw new IOException("not an HTTP answer");
    }
    int status = number(first[1]);
    int length = -1;
    int retryAfter = 0;
    boolean chunked = false;
    boolean close = first[0].endsWith("0");
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      String value = lower.substring(lower.indexOf(':') + 1).strip();
      if (lower.startsWith("content-length:")) {
        length = number(value);
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = value.equals("chunked");
      } else if (lower.startsWith("connection:")) {
        close |= value.equals("close");
      } else if (lower.startsWith("retry-after:") && !value.isEmpty()) {
        retryAfter = Character.isDigit(value.charAt(0)) ? number(value) : 60;
      }
    }
    byte[] body = chunked ? chunks(in) : exactly(in, status == 204 ? 0 : length);
    if (close || (length < 0 && !chunked)) {
      close();
    }
    return new Answer(status, body, retryAfter);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in);
      int semicolon = size.indexOf(';');
      int length = hex(semicolon < 0 ? size : size.substring(0, semicolon));
      if (body.size() + length > ANSWER) {
        throw new IOException("an answer of more than " + ANSWER + " bytes");
      }
      body.write(exactly(in, length));
      line(in);
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    if (length > ANSWER) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length < 0 ? ANSWER : length);
    if (bytes.length < length) {
      throw new EOFException("the answer ended early");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LINE) {
        throw new EOFException("the answer ended early");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static int number(String digits) throws IOException {
    try {
      return positive(Integer.parseInt(digits.strip()));
    } catch (NumberFormatException e) {
      throw new IOException("not a number in the answer", e);
    }
  }

  private static int hex(String digits) throws IOException {
    try {
      return positive(Integer.parseInt(digits.strip(), 16));
    } catch (NumberFormatException e) {
      throw new IOException("not a chunk size", e);
    }
  }

  private static int positive(int number) throws IOException {
    if (number < 0) {
      throw new IOException("a negative number in the answer");
    }
    return number;
  }

  @Override
  public void close() {
    Connected last = connected;
    connected = null;
    if (last != null) {
      try {
        last.socket.close();
      } catch (IOException e) {
        // gone either way
      }
    }
  }
}
