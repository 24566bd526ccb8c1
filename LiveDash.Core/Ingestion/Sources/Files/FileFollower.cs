using System.Buffers;
using System.Text.Json;
using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Sources.Files;

/// <summary>
/// Reads a file as it grows. When another file stands under its path (rotation), the old one is read to its end and the new one from its beginning; one that became shorter is read from its beginning. How far was read is kept
/// once the points are, so that a restart goes on there: a line may be read twice after a crash, never not at all. Used by one loop.
/// </summary>
internal sealed class FileFollower(SourceContext context, FollowFolders folders, Func<FileStream, StreamDecoder> decoders) : IAsyncDisposable
{
    private const string Kind = "follow";
    private const int Chunk = 256 * 1024;
    private const int MaxHeadBytes = 1024;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private readonly string _path = context.Values.Text("path");
    private readonly IngestSession _session = context.Session();
    private byte[] _buffer = new byte[Chunk];
    private int _held;
    private FileStream? _file;
    private StreamDecoder? _decoder;
    private long _offset;
    private long _kept = -1;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        if (_file is not null) await _file.DisposeAsync().ConfigureAwait(false);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var place = await LoadAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (_file is null && !Open(place))
            {
                context.State.Works($"{_path} is not there yet.");
                await Task.Delay(s_pause, context.Parts.Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            place = null;
            if (await ReadAsync(cancellationToken).ConfigureAwait(false)) continue;
            await CommitAsync(cancellationToken).ConfigureAwait(false);
            if (await IsReplacedAsync(cancellationToken).ConfigureAwait(false)) continue;
            await Task.Delay(s_pause, context.Parts.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Open(FollowPlace? place)
    {
        if (folders.FaultOf(_path) is { } fault) throw new InvalidOperationException(fault);
        if (!File.Exists(_path)) return false;
        _file = RegularFile.Open(_path);
        _held = 0;
        _offset = 0;
        if (place is not null && place.Offset <= _file.Length && HeadOf(place.HeadBytes) == place.Head) _offset = place.Offset;
        else if (place is null && _kept < 0 && context.Values.Text("from") == "end") _offset = _file.Length;
        _file.Position = _offset;
        _decoder = decoders(_file);
        _session.OncePerValue = _decoder.OncePerValue;
        _kept = _offset;
        return true;
    }

    // True where something was read.
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Length - _held < Chunk / 2) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _file!.ReadAsync(_buffer.AsMemory(_held), cancellationToken).ConfigureAwait(false);
        if (read == 0) return false;
        _held += read;
        _offset += read;
        await DecodeAsync(isLast: false, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task DecodeAsync(bool isLast, CancellationToken cancellationToken)
    {
        while (true)
        {
            var sequence = new ReadOnlySequence<byte>(_buffer, 0, _held);
            var consumed = (int)sequence.Slice(0, _decoder!.Decode(sequence, isLast, _session.Now, _session)).Length;
            _buffer.AsSpan(consumed, _held - consumed).CopyTo(_buffer);
            _held -= consumed;
            if (!_session.IsFull) return;
            await _session.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        // What is held is of a line that is not whole yet, and is read again after a restart.
        var safe = _offset - _held;
        if (safe == _kept) return;
        await _session.CompleteAsync(AckMode.Stored, cancellationToken).ConfigureAwait(false);
        var head = (int)Math.Min(safe, MaxHeadBytes);
        var body = JsonSerializer.SerializeToUtf8Bytes(new FollowPlace(_path, safe, head, HeadOf(head)), JsonSerializerOptions.Web);
        await context.Parts.Documents.ApplyAsync([new DocumentChange(Kind, context.Name, body)], cancellationToken).ConfigureAwait(false);
        _kept = safe;
        context.State.Works($"{safe:N0} bytes read.");
    }

    private async Task<bool> IsReplacedAsync(CancellationToken cancellationToken)
    {
        if (_file!.Length < _offset)
        {
            // Emptied in place, as copytruncate does it.
            (_offset, _held, _kept) = (0, 0, 0);
            _file.Position = 0;
            _decoder = decoders(_file);
            return true;
        }

        if (!File.Exists(_path) || IsStillThere()) return false;
        // What came between the last read and the rotation.
        while (await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        await DecodeAsync(isLast: true, cancellationToken).ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        _file = null;
        return true;
    }

    // Linux says under which path an open file stands now; elsewhere the times of birth tell.
    private bool IsStillThere()
    {
        var handle = _file!.SafeFileHandle;
        return OperatingSystem.IsLinux()
            ? new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget == Path.GetFullPath(_path)
            : File.GetCreationTimeUtc(_path) == File.GetCreationTimeUtc(handle);
    }

    // FNV-1a of the first bytes.
    private ulong HeadOf(int length)
    {
        Span<byte> head = stackalloc byte[MaxHeadBytes];
        length = RandomAccess.Read(_file!.SafeFileHandle, head[..Math.Min(length, MaxHeadBytes)], 0);
        var hash = 14695981039346656037UL;
        foreach (var b in head[..length]) hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }

    private async Task<FollowPlace?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await context.Parts.Documents.GetAsync(Kind, context.Name, cancellationToken).ConfigureAwait(false) is not { } body) return null;
        try
        {
            return JsonSerializer.Deserialize<FollowPlace>(body, JsonSerializerOptions.Web) is { } place && place.Path == _path ? place : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
