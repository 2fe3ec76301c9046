using Cake.Core;

namespace Cake.Frosting;

/// <summary>What tasks are handed.</summary>
public interface IFrostingContext : ICakeContext;

/// <summary>The base of a build's own context.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;

/// <summary>A build that is put together wrongly.</summary>
public sealed class FrostingException(string message, Exception? innerException = null) : Exception(message, innerException);
