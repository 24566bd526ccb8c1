using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Live;

/// <summary>
/// What one page in one browser looks at: a scoped service, one a circuit. Panels and leases made through it end with it at the latest, so closing
/// the tab gives everything back. All members are thread-safe.
/// </summary>
public sealed class WindowScope : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LiveEngine _engine;
    private readonly Dictionary<int, LivePanel> _panels = [];
    private readonly List<IDisposable> _leases = [];
    private readonly FrameWriter _writer = new();
    private readonly IDisposable _newSeries;
    private uint _sequence;
    private int _lastId;
    private bool _disposed;

    /// <summary>Makes an empty scope.</summary>
    public WindowScope(LiveEngine engine, SeriesCatalog catalog)
    {
        _engine = engine;
        Catalog = catalog;
        _newSeries = engine.ListenToNewSeries(Signal);
    }

    /// <summary>Raised when a panel may have something to send.</summary>
    public ChangeSignal Signal { get; } = new();

    /// <summary>The engine looked at.</summary>
    public LiveEngine Engine => _engine;

    /// <summary>The series there are.</summary>
    public SeriesCatalog Catalog { get; }

    /// <summary>How many panels there are.</summary>
    public int Panels
    {
        get { lock (_gate) return _panels.Count; }
    }

    /// <summary>A panel id that nobody else gets; so that a page can prepare the panel's place before the first frame comes.</summary>
    public int NewId() => Interlocked.Increment(ref _lastId);

    /// <summary>Adds a panel under an id of <see cref="NewId"/>; it is the scope's from now on. One added after the circuit has ended is given back at once.</summary>
    /// <exception cref="ArgumentException">The id is in use.</exception>
    public void Add(LivePanel panel, int id)
    {
        lock (_gate)
        {
            panel.Id = id;
            panel.Signal = Signal;
            if (_disposed) panel.Dispose();
            else _panels.Add(id, panel);
        }

        Signal.Raise();
    }

    /// <summary>Removes a panel and gives its leases back. One that is gone already is no error.</summary>
    public void Remove(LivePanel panel)
    {
        lock (_gate)
        {
            if (_panels.TryGetValue(panel.Id, out var held) && held == panel) _panels.Remove(panel.Id);
            panel.Dispose();
        }
    }

    /// <summary>Says which series a table shows now.</summary>
    public void Show(RowsFeed rows, IReadOnlyCollection<int> series)
    {
        lock (_gate)
        {
            if (_panels.ContainsKey(rows.Id)) rows.Show(series);
        }
    }

    /// <summary>Leases a window that ends with this scope unless it is disposed before.</summary>
    /// <exception cref="ObjectDisposedException">The circuit has ended.</exception>
    public WindowLease Lease(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs, TimeSpan? lateness = null)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var lease = _engine.LeaseWindow(series, spec, needs, Signal, lateness);
            _leases.Add(lease);
            return lease;
        }
    }

    /// <summary>Sends every panel anew with the next frame.</summary>
    public void Invalidate()
    {
        lock (_gate)
        {
            foreach (var panel in _panels.Values) panel.Invalidate();
        }

        Signal.Raise();
    }

    /// <summary>Writes what changed since the last frame, in one message; null when nothing did. The newest state wins, whatever was skipped.</summary>
    public byte[]? BuildFrame()
    {
        lock (_gate)
        {
            var now = _engine.NowTicks;
            _writer.Begin();
            foreach (var panel in _panels.Values) panel.WriteTo(_writer, now);
            return _writer.Panels == 0 ? null : _writer.Finish(++_sequence, now);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            _newSeries.Dispose();
            foreach (var panel in _panels.Values) panel.Dispose();
            foreach (var lease in _leases) lease.Dispose();
            _panels.Clear();
            _leases.Clear();
        }
    }
}
