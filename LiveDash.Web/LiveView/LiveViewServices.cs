using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveDash.Web.LiveView;

/// <summary>Registers what brings live values into a page.</summary>
public static class LiveViewServices
{
    /// <summary>Adds the pump and what it needs, each one a circuit.</summary>
    public static IServiceCollection AddLiveView(this IServiceCollection services)
    {
        services.AddScoped<IFrameSink, ScriptFrameSink>();
        services.AddScoped<FramePump>();
        services.AddScoped<CircuitHandler, LiveCircuitHandler>();
        return services;
    }
}
