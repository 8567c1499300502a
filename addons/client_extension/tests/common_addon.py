"""Classes of another add-on among the classes of a model, as if it were installed."""

from types import FunctionType

from .common_import import ImportCase

#: the Python module in which the code of such an add-on is
ADDON = "odoo.addons.another.models.res_partner"


class AddonCase(ImportCase):
    """Imports together with an unknown add-on."""

    def extend(self, *classes):
        """Put classes before all others of ``res.partner``, the last one first.

        :param classes: plain classes with ``__slots__ = ()``, whose methods call
            ``super()``; their code then is that of the module ``ADDON``
        """
        partners = type(self.env["res.partner"])
        for cls in classes:
            cls.__module__ = ADDON
            for name, value in list(vars(cls).items()):
                if isinstance(value, FunctionType):
                    setattr(cls, name, self._get_foreign(value))
        self.addCleanup(setattr, partners, "__bases__", partners.__bases__)
        partners.__bases__ = (*reversed(classes), *partners.__bases__)

    def _get_foreign(self, function):
        """:return: the function, as if it were defined in the module ``ADDON``"""
        foreign = FunctionType(
            function.__code__,
            {**function.__globals__, "__name__": ADDON},
            function.__name__,
            function.__defaults__,
            function.__closure__,
        )
        foreign.__kwdefaults__ = function.__kwdefaults__
        foreign.__dict__.update(function.__dict__)
        foreign.__module__ = ADDON
        return foreign
