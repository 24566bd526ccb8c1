using LiveDash.Core.Ingestion.Decoding.Otlp;
using LiveDash.Web.Api;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Points;
using LiveDash.Web.Security;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Listeners;

/// <summary>What the servers of OTLP's own ports share with the main one. A singleton; thread-safe.</summary>
internal sealed record OtlpParts(IngestServices Services, OtlpNames Names, IOptions<SecurityOptions> Security, SecurityState State, ILoggerFactory Logging, IConfiguration Configuration, HeldBytes Held);
