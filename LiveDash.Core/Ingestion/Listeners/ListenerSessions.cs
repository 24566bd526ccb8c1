using System.IO.Pipelines;
using System.Net;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Decoding.Graphite;
using LiveDash.Core.Ingestion.Decoding.Statsd;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>What each listener does with a connection or a datagram, without a socket. Thread-safe.</summary>
public sealed class ListenerSessions
{
    private readonly PointDecoders _decoders;
    private readonly IngestPipeline _pipeline;
    private readonly SourceRegistry _sources;
    private readonly Limits _limits;
    private readonly TimeProvider _time;
    private readonly GraphiteNames _names;

    /// <summary>Made by the container.</summary>
    public ListenerSessions(
        PointDecoders decoders, ListenerBoard board, StatsdAggregator statsd, IngestPipeline pipeline, SourceRegistry sources, Limits limits, TimeProvider time)
    {
        _decoders = decoders;
        _pipeline = pipeline;
        _sources = sources;
        _limits = limits;
        _time = time;
        Statsd = statsd;
        _names = decoders.GraphiteNames([.. board[ListenerSpec.Graphite].Options.Templates.Select(GraphiteTemplate.Parse).OfType<GraphiteTemplate>()]);
    }

    /// <summary>What StatsD's senders add to.</summary>
    public StatsdAggregator Statsd { get; }

    /// <summary>Runs one connection to its end; what was decoded is kept however it ends.</summary>
    /// <param name="status">The listener.</param>
    /// <param name="peer">Who connected.</param>
    /// <param name="reader">What comes.</param>
    /// <param name="answers">Where answers go, of listeners that give any.</param>
    /// <param name="ack">What the sender wants to hear, where its address says so.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>Why the listener closes it, or null where the sender ended it.</returns>
    public async Task<string?> RunAsync(ListenerStatus status, IPAddress peer, PipeReader reader, PipeWriter answers, AckMode? ack, CancellationToken cancellationToken)
    {
        var source = _sources.Get(status.Spec.Kind, peer.ToString());
        await using var session = new IngestSession(_pipeline, source, _time, Timeout.InfiniteTimeSpan);
        return status.Spec == ListenerSpec.Tcp || status.Spec == ListenerSpec.WebSocket
            ? await new AnsweringSession(_decoders, _limits, _time).RunAsync(reader, answers, ack, session, status.Options, cancellationToken).ConfigureAwait(false)
            : await LineSession.RunAsync(reader, Decoder(status.Spec), session, status.Options, _limits, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What takes a listener's datagrams.</summary>
    public DatagramSession Datagrams(ListenerStatus status) =>
        new(Decoder(status.Spec), _pipeline, _sources.Get(status.Spec.Kind, "udp"), status.Options, _time);

    private StreamDecoder Decoder(ListenerSpec spec) => spec.Name switch
    {
        nameof(ListenerSpec.Graphite) => _decoders.Graphite(_names),
        nameof(ListenerSpec.GraphitePickle) => _decoders.Pickle(_names),
        nameof(ListenerSpec.Statsd) => _decoders.Statsd(Statsd),
        nameof(ListenerSpec.Collectd) => _decoders.CollectdPackets(),
        nameof(ListenerSpec.InfluxUdp) => _decoders.Influx(InfluxPrecision.Nanoseconds),
        _ => _decoders.Json(),
    };
}
