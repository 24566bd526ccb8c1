using LiveDash.Core.Live;

namespace LiveDash.Tests.Web.LiveView;

/// <summary>A panel that sends one number whenever it has changed.</summary>
internal sealed class CounterPanel : LivePanel
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
        writer.BeginPanel(Id, FrameKind.Stat, MustReset);
        writer.Write(Value);
        writer.EndPanel();
        return true;
    }

    protected override void Dispose(bool disposing) => IsDisposed = true;
}
