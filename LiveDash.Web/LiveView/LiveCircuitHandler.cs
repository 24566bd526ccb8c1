using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveDash.Web.LiveView;

/// <summary>Tells a circuit's pump when its connection goes and comes.</summary>
internal sealed class LiveCircuitHandler(FramePump pump) : CircuitHandler
{
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pump.Disconnected();
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        pump.Connected();
        return Task.CompletedTask;
    }
}
