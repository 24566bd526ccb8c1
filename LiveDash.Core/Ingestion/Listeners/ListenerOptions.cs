using System.Net;
using LiveDash.Core.Ingestion.Decoding.Graphite;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>The settings of one listener, under <c>LiveDash:Listeners:Name</c>.</summary>
public sealed class ListenerOptions
{
    /// <summary>Where it listens, <c>address:port</c>; empty for off, null for the listener's default.</summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// Networks that may send, such as <c>10.0.0.0/8</c>; this machine always may. Default none: then everybody may whom the endpoint lets in, which beyond the
    /// loopback is refused at start. What others send is refused and counted as <c>network</c>.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>How many connections may be open at once; one more is closed at once and counted. Default 500, from 1 to 100,000.</summary>
    public int MaxConnections { get; set; } = 500;

    /// <summary>How many of them may come from one address. Default 250, from 1 to 100,000.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 250;

    /// <summary>
    /// How many bytes a second one connection may send, and all datagrams of the listener together. A connection is slowed by not reading; a datagram too many
    /// is dropped and counted. Default 64 MiB, from 1,024.
    /// </summary>
    public long MaxBytesPerSecond { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long a connection may say nothing before it is closed. Default 10 minutes: senders of metrics keep quiet between their intervals.</summary>
    public TimeSpan MaxIdle { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Graphite only: from names to tags, such as <c>servers.* .host.name*</c>; the first that matches counts. Default none: names stay as sent.</summary>
    public IList<string> Templates { get; } = [];

    /// <summary>StatsD only: how often what was gathered becomes points. Default 1 s, from 100 ms to 10 minutes.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with the values, each with its key.</summary>
    /// <param name="section">The section they came from.</param>
    public IEnumerable<string> Faults(string section)
    {
        if (Endpoint is { Length: > 0 } text && !ListenerEndpoint.TryParse(text, out _)) yield return $"{section}:Endpoint is '{text}'; write address:port, such as 127.0.0.1:2003, or nothing for off.";
        foreach (var network in AllowedNetworks.Where(static text => !IPNetwork.TryParse(text, out _))) yield return $"{section}:AllowedNetworks holds '{network}'; write a network such as 10.0.0.0/8.";
        if (MaxConnections is < 1 or > 100_000) yield return $"{section}:MaxConnections must be from 1 to 100000.";
        if (MaxConnectionsPerAddress is < 1 or > 100_000) yield return $"{section}:MaxConnectionsPerAddress must be from 1 to 100000.";
        if (MaxBytesPerSecond < 1024) yield return $"{section}:MaxBytesPerSecond must be at least 1024.";
        if (FlushInterval < TimeSpan.FromMilliseconds(100) || FlushInterval > TimeSpan.FromMinutes(10)) yield return $"{section}:FlushInterval must be from 00:00:00.1 to 00:10:00.";
        foreach (var template in Templates.Where(static text => GraphiteTemplate.Parse(text) is null))
        {
            yield return $"{section}:Templates holds '{template}'; write a filter (or none) and a template with a part called name, such as 'servers.* .host.name*'.";
        }

        if (MaxIdle <= TimeSpan.Zero) yield return $"{section}:MaxIdle must be above zero.";
    }
}
