using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveDash.Tests.Core.Ingestion;

/// <summary>Feeds a decoder in pieces and collects what comes out at the far end of a true pipeline.</summary>
internal sealed class DecoderHarness : IPointConsumer
{
    public const long Now = 639_000_000_000_000_000;
    private readonly List<string> _points = [];

    public DecoderHarness(Limits? limits = null)
    {
        Catalog = new SeriesCatalog(limits ?? new Limits());
        Decoders = new PointDecoders(new Admission(limits ?? new Limits(), Catalog));
        var options = Options.Create(new IngestOptions());
        Source = new SourceRegistry(options).Get("test", "test");
        Pipeline = new IngestPipeline([this], new FakePointStore(), options, Time, NullLogger<IngestPipeline>.Instance);
    }

    public SeriesCatalog Catalog { get; }

    public PointDecoders Decoders { get; }

    public SourceLedger Source { get; }

    public IngestPipeline Pipeline { get; }

    public ManualTime Time { get; } = new(new DateTimeOffset(Now, TimeSpan.Zero));

    /// <summary>Every point as text, in order: <c>series@ticks=value (x,y) #id</c>.</summary>
    public IReadOnlyList<string> Points => _points;

    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var text = FormattableString.Invariant($"{Catalog[batch.Series[i]]}@{batch.Times[i] - Now}={batch.Values[i]:R}");
            if (batch.HasLocations && !double.IsNaN(batch.X[i])) text += FormattableString.Invariant($" ({batch.X[i]:R},{batch.Y[i]:R})");
            if (batch.SenderIds.Length > 0 && batch.SenderIds[i] is { } id) text += " #" + id;
            _points.Add(text);
        }

        return ValueTask.CompletedTask;
    }

    public IngestReport Feed(StreamDecoder decoder, string text, int pieceSize = int.MaxValue) => Feed(decoder, Encoding.UTF8.GetBytes(text), pieceSize);

    /// <summary>Feeds the bytes in pieces, each a segment of its own, as a pipe would show them.</summary>
    public IngestReport Feed(StreamDecoder decoder, byte[] bytes, int pieceSize = int.MaxValue)
    {
        var pieces = bytes.Length == 0 ? [[]] : bytes.Chunk(pieceSize).ToArray();
        var session = new IngestSession(Pipeline, Source, Time, TimeSpan.Zero);
        var pending = new List<byte[]>();
        for (var i = 0; i < pieces.Length; i++)
        {
            pending.Add(pieces[i]);
            var buffer = Sequence(pending);
            while (true)
            {
                buffer = buffer.Slice(decoder.Decode(buffer, i == pieces.Length - 1, Now, session));
                if (!session.IsFull) break;
                Assert.True(session.FlushAsync(default).IsCompletedSuccessfully);
                Drain();
            }

            pending = [.. Segments(buffer)];
            // A pipe that is read to the end and holds nothing would wait; what is held must be bounded.
            Assert.InRange(buffer.Length, 0, 128 * 1024 + Math.Min(pieceSize, 1 << 20));
        }

        var completing = session.CompleteAsync(AckMode.Stored, default);
        Drain();
        var report = completing.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
        IngestPipelineTests.AssertBalanced(Source.Snapshot(Now));
        return report;
    }

    /// <summary>How many bytes it takes on this thread to decode these, which are taken in.</summary>
    public long Allocated(StreamDecoder decoder, byte[] bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        long allocated = 0;
        while (!buffer.IsEmpty)
        {
            // One batch a session: what the pipeline allocates a batch is not the decoder's.
            var session = new IngestSession(Pipeline, Source, Time, TimeSpan.Zero);
            var before = GC.GetAllocatedBytesForCurrentThread();
            buffer = buffer.Slice(decoder.Decode(buffer, isLast: true, Now, session));
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(session.CompleteAsync(AckMode.Received, default).IsCompletedSuccessfully);
            Drain();
        }

        return allocated;
    }

    /// <summary>Imports a file that comes in pieces.</summary>
    public IngestReport Import(ImportFormat format, ImportMap map, byte[] bytes, int pieceSize = int.MaxValue)
    {
        var session = new IngestSession(Pipeline, Source, Time, TimeSpan.Zero);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var importing = Decoders.ImportAsync(format, map, pipe.Reader, session, Time, default);
        foreach (var piece in bytes.Chunk(pieceSize))
        {
            pipe.Writer.WriteAsync(piece).AsTask().GetAwaiter().GetResult();
            Drain();
        }

        pipe.Writer.Complete();
        importing.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
        var completing = session.CompleteAsync(AckMode.Stored, default);
        Drain();
        var report = completing.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
        IngestPipelineTests.AssertBalanced(Source.Snapshot(Now));
        return report;
    }

    /// <summary>Lets something other than a decoder write into a session.</summary>
    public void Run(Action<IngestSession> write)
    {
        var session = new IngestSession(Pipeline, Source, Time, TimeSpan.Zero);
        write(session);
        var completing = session.CompleteAsync(AckMode.Stored, default);
        Drain();
        completing.WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
    }

    private static ReadOnlySequence<byte> Sequence(List<byte[]> pieces)
    {
        if (pieces.Count == 1) return new(pieces[0]);
        var first = new Segment(pieces[0]);
        var last = first;
        foreach (var piece in pieces.Skip(1)) last = last.Append(piece);
        return new(first, 0, last, last.Memory.Length);
    }

    private static IEnumerable<byte[]> Segments(ReadOnlySequence<byte> buffer)
    {
        foreach (var memory in buffer)
        {
            if (!memory.IsEmpty) yield return memory.ToArray();
        }
    }

    private void Drain()
    {
        while (Pipeline.StepAsync().AsTask().GetAwaiter().GetResult())
        {
        }
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] memory) => Memory = memory;

        public Segment Append(byte[] memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
