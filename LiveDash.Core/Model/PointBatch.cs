using System.Buffers;

namespace LiveDash.Core.Model;

/// <summary>
/// Many points on their way from one source, as a struct of arrays rented from the shared pool: what travels through channels.
/// Times are UTC ticks of 100 ns (<see cref="DateTime.Ticks"/>). One writer fills it; after it was handed on nobody may change it.
/// It starts with one owner; every further reader calls <see cref="Retain"/> before it gets the batch and <see cref="Release"/> after use;
/// the last release returns the arrays. Filling is not thread-safe, <see cref="Retain"/> and <see cref="Release"/> are.
/// </summary>
public sealed class PointBatch
{
    private const int OneReader = 0x10001;

    private int[] _series;
    private long[] _times;
    private double[] _values;
    private double[]? _x;
    private double[]? _y;
    private string?[]? _senderIds;
    private bool[]? _undated;
    private int _capacity;
    // All shares in the lower half, those of readers in the upper: both change at once.
    private int _shares = 1;
    private long _commitId;
    // The batch of which this one is a part.
    private PointBatch? _whole;

    private PointBatch(int capacity)
    {
        _capacity = capacity;
        _series = ArrayPool<int>.Shared.Rent(capacity);
        _times = ArrayPool<long>.Shared.Rent(capacity);
        _values = ArrayPool<double>.Shared.Rent(capacity);
    }

    /// <summary>How many points are in it.</summary>
    public int Count { get; private set; }

    /// <summary>When it arrived, in UTC ticks: one stamp a batch, because a clock read costs more than a point.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>
    /// The store's sequence number with which the commit that holds the batch begins; 0 until it is committed. The store sets it before a scan can
    /// show the points, so whoever saw the newest id of a scan knows whether the batch was in it. May be read after the last release.
    /// </summary>
    public long CommitId
    {
        get
        {
            // A part may be what the store got, or may have been parted from it.
            var own = Volatile.Read(ref _commitId);
            return own != 0 || _whole is null ? own : _whole.CommitId;
        }

        set => Volatile.Write(ref _commitId, value);
    }

    /// <summary>The interned series of each point: an index into the <see cref="SeriesCatalog"/>.</summary>
    public ReadOnlySpan<int> Series => _series.AsSpan(0, Count);

    /// <summary>The event time of each point, in UTC ticks.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>The value of each point; always finite.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>True when at least one point has a location.</summary>
    public bool HasLocations => _x is not null;

    /// <summary>The x of each point, NaN where it has no location; empty when no point has one.</summary>
    public ReadOnlySpan<double> X => _x is null ? default : _x.AsSpan(0, Count);

    /// <summary>The y of each point, NaN where it has no location; empty when no point has one.</summary>
    public ReadOnlySpan<double> Y => _y is null ? default : _y.AsSpan(0, Count);

    /// <summary>The sender's own id of each point, null where it gave none; empty when no point has one.</summary>
    public ReadOnlySpan<string?> SenderIds => _senderIds is null ? default : _senderIds.AsSpan(0, Count);

    /// <summary>
    /// Whether a point with the same series, time and value as one that is kept already is that point sent again, as clients do after a time-out, and not kept twice.
    /// </summary>
    public bool OncePerValue { get; set; }

    /// <summary>Whether some of the values are numbers of <see cref="StateWords"/>, which must be kept before the points are.</summary>
    public bool HasStates { get; set; }

    /// <summary>Whether a point with the sender's id of one that is kept already, and another value, takes its place.</summary>
    public bool Replaces { get; set; }

    /// <summary>Rents an empty batch. It grows when <paramref name="capacity"/> is passed; the sender bounds it.</summary>
    public static PointBatch Rent(int capacity = 1024) => new(Math.Max(capacity, 16));

    /// <summary>Adds a point.</summary>
    /// <param name="series">The interned series.</param>
    /// <param name="ticks">Event time in UTC ticks.</param>
    /// <param name="value">A finite value.</param>
    /// <param name="x">The location's x, or NaN for none.</param>
    /// <param name="y">The location's y, or NaN for none.</param>
    /// <param name="senderId">The sender's own id, or null.</param>
    /// <param name="undated">True where the sender gave an id and no time: the id alone then tells whether the point was sent before.</param>
    public void Add(int series, long ticks, double value, double x = double.NaN, double y = double.NaN, string? senderId = null, bool undated = false)
    {
        if (Count == _capacity) Grow();
        var i = Count++;
        _series[i] = series;
        _times[i] = ticks;
        _values[i] = value;
        if (_x is not null || !double.IsNaN(x)) AddLocation(i, x, y);
        if (_senderIds is not null || senderId is not null) AddSenderId(i, senderId);
        if (undated && senderId is not null) AddUndated(i);
    }

    /// <summary>True where the sender gave the point an id and no time.</summary>
    public bool IsUndated(int index) => _undated is { } undated && undated.Length > index && undated[index];

    /// <summary>A batch of the points that are not marked. It is the caller's to release, and tells this one's <see cref="CommitId"/>.</summary>
    /// <param name="marked">One flag a point.</param>
    public PointBatch Except(ReadOnlySpan<bool> marked)
    {
        var rest = Rent(Count);
        rest._whole = this;
        rest.ReceivedAt = ReceivedAt;
        rest.OncePerValue = OncePerValue;
        rest.Replaces = Replaces;
        for (var i = 0; i < Count; i++)
        {
            if (marked[i]) continue;
            var (x, y) = _x is null ? (double.NaN, double.NaN) : (_x[i], _y![i]);
            rest.Add(_series[i], _times[i], _values[i], x, y, _senderIds?[i], IsUndated(i));
        }

        return rest;
    }

    /// <summary>How many shares are held now, those of readers too.</summary>
    public int Owners => Volatile.Read(ref _shares) & 0xFFFF;

    /// <summary>
    /// True once only readers hold shares: whoever brought the batch, and the store that was to keep it, are done with it and with the batch that it is a
    /// part of. Then a scan of the store shows all of its points that it ever will.
    /// </summary>
    public bool IsSettled
    {
        get
        {
            var shares = Volatile.Read(ref _shares);
            return (shares & 0xFFFF) <= shares >> 16 && (_whole?.IsSettled ?? true);
        }
    }

    /// <summary>Tells that one more owner will <see cref="Release"/> the batch.</summary>
    public void Retain() => Interlocked.Increment(ref _shares);

    /// <summary>Tells that one more reader, who only looks at the points, will <see cref="ReleaseRead"/> the batch. At most 65,535 may.</summary>
    public void RetainToRead() => Interlocked.Add(ref _shares, OneReader);

    /// <summary>Gives up a reader's share, as <see cref="Release"/> does.</summary>
    /// <exception cref="InvalidOperationException">It was released more often than retained.</exception>
    public void ReleaseRead() => Left(Interlocked.Add(ref _shares, -OneReader));

    /// <summary>Gives up one share; the last one returns the arrays, and the batch must not be touched again.</summary>
    /// <exception cref="InvalidOperationException">It was released more often than retained.</exception>
    public void Release() => Left(Interlocked.Decrement(ref _shares));

    private void Left(int left)
    {
        if (left > 0) return;
        if (left < 0) throw new InvalidOperationException("The batch was released more often than it was retained.");
        Count = 0;
        ArrayPool<int>.Shared.Return(_series);
        ArrayPool<long>.Shared.Return(_times);
        ArrayPool<double>.Shared.Return(_values);
        if (_x is not null) ArrayPool<double>.Shared.Return(_x);
        if (_y is not null) ArrayPool<double>.Shared.Return(_y);
        if (_senderIds is not null) ArrayPool<string?>.Shared.Return(_senderIds, clearArray: true);
        _series = [];
        _times = [];
        _values = [];
        _x = _y = null;
        _senderIds = null;
        _undated = null;
    }

    private void AddLocation(int i, double x, double y)
    {
        if (_x is null)
        {
            _x = ArrayPool<double>.Shared.Rent(_capacity);
            _y = ArrayPool<double>.Shared.Rent(_capacity);
            _x.AsSpan(0, i).Fill(double.NaN);
            _y.AsSpan(0, i).Fill(double.NaN);
        }

        _x[i] = x;
        _y![i] = y;
    }

    private void AddSenderId(int i, string? senderId)
    {
        if (_senderIds is null)
        {
            _senderIds = ArrayPool<string?>.Shared.Rent(_capacity);
            _senderIds.AsSpan(0, i).Clear();
        }

        _senderIds[i] = senderId;
    }

    // Rare, and so short: an array of its own, which grows by itself.
    private void AddUndated(int i)
    {
        if (_undated is null || i >= _undated.Length) Array.Resize(ref _undated, Math.Max(_capacity, i + 1));
        _undated[i] = true;
    }

    private void Grow()
    {
        _capacity *= 2;
        Swap(ref _series);
        Swap(ref _times);
        Swap(ref _values);
        if (_x is not null) Swap(ref _x);
        if (_y is not null) Swap(ref _y);
        if (_senderIds is not null) Swap(ref _senderIds);
    }

    // A rented array may be longer than asked for, and the six lengths may differ: _capacity is what all of them hold.
    private void Swap<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(_capacity);
        Array.Copy(array, larger, Count);
        ArrayPool<T>.Shared.Return(array, clearArray: !typeof(T).IsValueType);
        array = larger;
    }
}
