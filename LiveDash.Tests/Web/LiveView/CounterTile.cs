using LiveDash.Core.Live;

namespace LiveDash.Tests.Web.LiveView;

/// <summary>A tile that sends one number whenever it has changed.</summary>
internal sealed class CounterTile : LiveTile
{
    private double _sent = double.NaN;

    public double Value { get; set; }

    public bool IsDisposed { get; private set; }

    public override void Invalidate()
    {
        base.Invalidate();
        _sent = double.NaN;
    }

    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        if (Value.Equals(_sent)) return false;
        _sent = Value;
        writer.BeginTile(Id, FrameKind.Stat, MustReset);
        writer.Write(Value);
        writer.EndTile();
        return true;
    }

    protected override void Dispose(bool disposing) => IsDisposed = true;
}
